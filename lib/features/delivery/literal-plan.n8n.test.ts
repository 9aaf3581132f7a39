import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import type { Kernel } from '@/lib/kernel/kernel';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { type FaultProxy, type Rule, startFaultProxy } from '@/lib/testing/fault-proxy';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { NAMES, type Name } from './cycle-model.fixture';
import { CycleWorld, ProductCalls } from './cycle-world.fixture';
import { executePromotion, getDeployment, rollBackDeployment } from './deployments/operations';
import { approvePromotion } from './promotions/decision-operations';
import { initiatePromotion } from './promotions/operations';

const egress = createEgress({ mode: 'private' });
const calls = new ProductCalls(n8nProvider({ egress }));
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', calls.kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

type Line = '1.x' | '2.x';
type Step = { action: string; method: string; path: string };

describe.each([
  ['1.x', '2.x'],
  ['2.x', '1.x'],
] as [Line, Line][])('from a real n8n %s to a real n8n %s', (from, to) => {
  let proxy: FaultProxy;
  let world: CycleWorld;
  let source: WorkflowProvider;
  let target: WorkflowProvider;
  /** Lines of writes that were turned away before n8n heard of them. */
  const turnedAway: string[] = [];

  beforeAll(async () => {
    proxy = await startFaultProxy(inject('n8n')[to].baseUrl);
    const production = { ...inject('n8n')[to], baseUrl: proxy.url };
    world = await CycleWorld.open(kernel, { calls, dev: inject('n8n')[from], production });
    source = calls.bare.connect(inject('n8n')[from]);
    target = calls.bare.connect(inject('n8n')[to]);
    const tag = await source.createTag(`tag ${randomUUID().slice(0, 8)}`);
    await source.setWorkflowTags(world.inDev.Solo.n8nId, [tag.id]);
  });
  afterAll(async () => {
    await world.close();
    await proxy.stop();
  });

  const isWrite = (method: string, path: string) => method !== 'GET' && !path.startsWith('/webhook/');
  /** The first write of this kind is refused at the door, so that it is sent twice. */
  const busyOnce = (wanted: string): Rule => ({
    matches: (method, path) => method === wanted && isWrite(method, path),
    fault: { kind: 'reply', reply: { status: 429, body: '{"message":"Too many requests"}' } },
    times: 1,
    before: async () => void turnedAway.push(proxy.requests.at(-1)!),
  });

  /** What n8n was asked to do, in order. A webhook is asked until it answers, and that counts once. */
  function recorded(): string[] {
    const lines = proxy.requests.filter((line) => !line.startsWith('GET '));
    for (const line of turnedAway) lines.splice(lines.indexOf(line), 1);
    return lines.filter((line, at) => !line.startsWith('OPTIONS ') || lines.indexOf(line) === at);
  }

  /** The plan's calls as they are sent, with the ids that n8n gave to what was made. */
  function literal(steps: readonly Step[], made: ReadonlyMap<string, string>): string[] {
    return steps.map(({ method, path }) => {
      const named = [...made].reduce((text, [key, id]) => text.replace(`n8nops-new-${key}`, id), path);
      return `${method} ${path.startsWith('/webhook/') ? '' : '/api/v1'}${named}`;
    });
  }

  const madeBy = ({ workflows }: { workflows: { key: string; n8nId: string | null }[] }) =>
    new Map(workflows.map(({ key, n8nId }) => [key, n8nId!]));

  async function release(names: readonly Name[], faults: Rule[]) {
    const developer = await world.as('developer');
    const workflowIds = names.map((name) => world.inDev[name].workflowId);
    const choices = workflowIds.map((workflowId) => ({ workflowId, resolve: 'overwrite' as const }));
    const promotion = await developer(initiatePromotion, { ...world.route, workflowIds, choices });
    expect(promotion.status, JSON.stringify(promotion.problems)).toBe('pending_approval');
    await (await world.as('admin'))(approvePromotion, { id: promotion.id });
    turnedAway.length = 0;
    proxy.script(...faults);
    const { deploymentId, jobId } = await developer(executePromotion, { id: promotion.id });
    const job = await world.work(jobId);
    const requests = recorded();
    const deployment = await developer(getDeployment, { id: deploymentId });
    expect(deployment, JSON.stringify([job, deployment.problems])).toMatchObject({ status: 'completed' });
    expect(turnedAway).toHaveLength(faults.length);
    expect(requests).toEqual(literal(promotion.plan!.steps, madeBy(deployment)));
    return deployment;
  }

  test('what is made: exactly the calls of the plan arrive, in its order, a repeated one counted once', async () => {
    const deployment = await release(NAMES, [busyOnce('POST'), busyOnce('PUT')]);
    expect(deployment.steps.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['create', 'tag', 'tags', 'publish', 'probe']),
    );
  });

  test('what is changed, switched and archived: exactly the calls of the plan, and so for the way back', async () => {
    const stands = await world.inProduction();
    for (const name of ['Child', 'Parent'] as const) await world.editSource(name, world.newText(name));
    await target.unpublishWorkflow(stands.get('Solo')!.id);
    await world.editSource('Solo', world.newText('Solo'));
    const second = await release(NAMES, [busyOnce('PUT')]);

    await source.deleteWorkflow(world.inDev.Solo.n8nId);
    await target.publishWorkflow(stands.get('Solo')!.id);
    await release(['Solo'], []);

    const admin = await world.as('admin');
    proxy.script();
    turnedAway.length = 0;
    const asked = { id: second.id, execute: true, overwrite: true };
    const rollback = await admin(rollBackDeployment, asked);
    await world.work(rollback.jobId!);
    const requests = recorded();
    const done = await admin(getDeployment, { id: rollback.id });
    expect(done, JSON.stringify(done.problems)).toMatchObject({ status: 'completed' });
    expect(requests).toEqual(literal(rollback.plan.steps, madeBy(done)));
  });
});
