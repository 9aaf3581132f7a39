import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { type FaultProxy, startFaultProxy } from '@/lib/testing/fault-proxy';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { sameTarget, targetOf } from '../change-plans/target';
import { readJournal } from './interruption.fixture';
import { connectEnvironment, type Place, prepareRun, runIn, setScene } from './journal.fixture';

const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

const CALM = { leaseMs: 10_000, waitMs: 30_000, probeMs: 20_000 };

describe.each(['1.x', '2.x'] as const)('on a real n8n %s', (line) => {
  let place: Place;
  /** Between the runs and the instance; `place.provider` goes past it. */
  let proxy: FaultProxy;
  afterAll(() => proxy.stop());
  beforeAll(async () => {
    const { baseUrl, apiKey } = inject('n8n')[line];
    proxy = await startFaultProxy(baseUrl);
    const tenant = await newTenant(kernel);
    const environmentId = await connectEnvironment(kernel, tenant, { baseUrl: proxy.url, apiKey });
    place = { kernel, tenantId: tenant.id, environmentId, provider: kind.connect({ baseUrl, apiKey }) };
  });

  const saveBefore = (id: string, before: () => Promise<unknown>) =>
    proxy.script({
      ...{ before, times: 1, fault: { kind: 'pass' } },
      matches: (method, path) => method === 'PUT' && path.startsWith(`/api/v1/workflows/${id}`),
    });
  const prefix = () => `j${randomUUID().slice(0, 8)}`;

  it('everything is written, read back, verified, and what was made is called by its new id', async () => {
    const scene = await setScene(place.provider, prefix());
    const outcome = await runIn(place, await prepareRun(place, scene.workflows), CALM);
    expect(outcome).toMatchObject({ status: 'completed', problems: [] });
    const made = outcome.workflows.find(({ key }) => key.startsWith('made'))!;
    const parent = (await place.provider.getWorkflow(scene.parent.id))!;
    expect(JSON.stringify(parent.published!.nodes)).toContain(made.n8nId);
    expect(made.verified).toHaveLength(3);
  }, 300_000);

  it('a save in the very round trip of ours is replaced, and the step says so where the version counts saves', async () => {
    const scene = await setScene(place.provider, prefix());
    const byHand = callingDocument(scene.child.document.name, [], 'by hand');
    const runId = await prepareRun(place, scene.workflows);
    // A draft alone, where there is one: what somebody publishes meanwhile is met at the next look, and stops the run.
    const published = line === '2.x' ? 'keep' : 'follow';
    saveBefore(scene.child.id, () => place.provider.updateWorkflow(scene.child.id, byHand, { published }));
    const outcome = await runIn(place, runId, CALM).finally(() => proxy.script());
    expect(outcome).toMatchObject({ status: 'completed', problems: [] });
    const { steps } = await readJournal(place, runId);
    const step = steps.find(({ n8nId, action }) => n8nId === scene.child.id && action === 'update')!;
    const isTold = step.notes.some((note) => note.startsWith('Somebody saved it in the very moment'));
    expect(isTold).toBe(line === '2.x');
  }, 300_000);

  it('somebody’s edit during a run stays, and is named', async () => {
    const scene = await setScene(place.provider, prefix());
    const runId = await prepareRun(place, scene.workflows);
    const byHand = callingDocument(scene.child.document.name, [], 'by hand');
    let passed = 0;
    const interruption = {
      isFrozen: () => false,
      at: async (point: string) => {
        if (point === 'verify.begun' && passed++ === 0) await place.provider.updateWorkflow(scene.child.id, byHand);
      },
    };
    const outcome = await runIn(place, runId, { ...CALM, interruption });
    expect(outcome).toMatchObject({ status: 'needs_attention', problems: [{ n8nId: scene.child.id }] });
    const { document } = (await place.provider.getWorkflow(scene.child.id))!;
    expect(document.nodes.find(({ name }) => name === 'Set')!.parameters).toEqual({ text: 'by hand' });
    expect(sameTarget(outcome.problems[0]!.found!, targetOf(scene.child))).toBe(false);
  }, 300_000);
});
