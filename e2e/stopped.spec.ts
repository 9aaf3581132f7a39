import { expect } from '@playwright/test';
import { type FaultProxy, startFaultProxy } from '../lib/testing/fault-proxy/index.ts';
import { connect, sync } from '../scripts/demo/connect.ts';
import { test } from './house/fixtures.ts';
import { house, n8nAt } from './house/house.ts';
import { apiAs, onboard } from './house/person.ts';
import { childDocument, removeWorkflow } from './parts/release-family.ts';

type Made = { id: string; name: string };
const NAMES = ['Second thoughts: one', 'Second thoughts: two'];

let proxy: FaultProxy | undefined;
/** On the development instance. */
const made: string[] = [];

test.afterAll(async () => {
  for (const id of made) await removeWorkflow(n8nAt(0), id);
  await proxy?.stop();
});

test('a deployment stopped while it writes puts back what was written, and says so', async ({
  furnished: { admin },
  browserOf,
}) => {
  const [dev, live] = house().n8n;
  const production = await startFaultProxy(live.baseUrl);
  proxy = production;
  const { slug } = await onboard(admin, 'Second Thoughts');
  const as = apiAs(admin, slug);
  for (const name of NAMES) made.push((await n8nAt(0).post<Made>('/workflows', childDocument(name, 'first'))).id);
  const source = await connect(as, 'Workshop', 'dev', dev);
  const target = await connect(as, 'Counter', 'production', { ...live, baseUrl: production.url });
  await Promise.all([sync(as, source), sync(as, target)]);

  const stages = [{ sourceEnvironmentId: source.id, targetEnvironmentId: target.id, requireApproval: false }];
  const pipeline = await as.post<{ id: string; stages: Made[] }>('/pipelines', { name: 'Straight', stages });
  const { items } = await as.get<{ items: Made[] }>('/workflows?search=Second%20thoughts');
  const promotion = await as.post<Made>('/promotions/initiate', {
    ...{ pipelineId: pipeline.id, stageId: pipeline.stages[0]?.id, workflowIds: items.map(({ id }) => id) },
  });

  const page = await (await browserOf(admin)).newPage();
  const main = page.getByRole('main');
  // The second creation rests until somebody had second thoughts.
  const thoughts = Promise.withResolvers<void>();
  const creates = (method: string, path: string) => method === 'POST' && path === '/api/v1/workflows';
  production.script({ matches: creates, after: 1, fault: { kind: 'pass' }, before: () => thoughts.promise });
  await page.goto(`/t/${slug}/promotions/${promotion.id}`);
  await main.getByRole('button', { name: /^Apply to production/ }).click();
  await main.getByRole('link', { name: 'Open the deployment' }).click();
  await page.waitForURL(/\/deployments\//);
  await expect.poll(() => production.requests.filter((one) => one === 'POST /api/v1/workflows').length).toBe(2);

  await main.getByRole('button', { name: 'Stop after this step' }).click();
  await expect(main.getByText(/stops it after this step$/)).toBeVisible();
  thoughts.resolve();
  await expect(main.getByRole('region', { name: 'Progress' }).getByRole('status')).toHaveText('Taken back', {
    timeout: 60_000,
  });
  await expect(main.getByText(/stops it after this step$/)).toHaveCount(0);
  const { data } = await n8nAt(1).get<{ data: Made[] }>('/workflows?limit=250');
  expect(data.filter(({ name }) => NAMES.includes(name))).toEqual([]);
});
