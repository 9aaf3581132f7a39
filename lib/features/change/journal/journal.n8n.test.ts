import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { sample } from '@/lib/testing/sample';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { isInState, sameTarget, targetOf } from '../change-plans/target';
import { listAll } from './created';
import { killAt, readJournal, stallAt, tracePassings } from './interruption.fixture';
import { connectEnvironment, type Place, prepareRun, refusingScene, runIn, setScene } from './journal.fixture';

const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

/** Passings that `npm test` picks for each direction and version. */
const SAMPLED = 5;
const CALM = { leaseMs: 10_000, waitMs: 30_000, probeMs: 20_000 };
const ASLEEP = { ...CALM, leaseMs: 3_000 };

describe.each(['1.x', '2.x'] as const)('on a real n8n %s', (line) => {
  let place: Place;
  beforeAll(async () => {
    const { baseUrl, apiKey } = inject('n8n')[line];
    const tenant = await newTenant(kernel);
    const environmentId = await connectEnvironment(kernel, tenant, { baseUrl, apiKey });
    place = { kernel, tenantId: tenant.id, environmentId, provider: kind.connect({ baseUrl, apiKey }) };
  });

  const prefix = () => `j${randomUUID().slice(0, 8)}`;
  const all = () => listAll(place.provider, {});
  const passingsOf = async (set: typeof setScene) =>
    tracePassings(place, await prepareRun(place, (await set(place.provider, prefix())).workflows), CALM);
  const named = (workflows: readonly RemoteWorkflow[], scene: string) =>
    workflows.filter(({ document }) => document.name.startsWith(scene));

  it('everything is written, read back, verified, and what was made is called by its new id', async () => {
    const scene = await setScene(place.provider, prefix());
    const outcome = await runIn(place, await prepareRun(place, scene.workflows), CALM);
    expect(outcome).toMatchObject({ status: 'completed', problems: [] });
    const made = outcome.workflows.find(({ key }) => key.startsWith('made'))!;
    const parent = (await place.provider.getWorkflow(scene.parent.id))!;
    expect(JSON.stringify(parent.published!.nodes)).toContain(made.n8nId);
    expect(made.verified).toHaveLength(3);
  }, 300_000);

  it('killed anywhere on the way forward, it ends applied, and nothing is made twice', async () => {
    for (const passing of sample(await passingsOf(setScene), SAMPLED)) {
      const name = prefix();
      const runId = await prepareRun(place, (await setScene(place.provider, name)).workflows);
      await killAt(place, runId, passing, CALM);
      const { status, problems } = await runIn(place, runId, CALM);
      expect({ ...passing, status, problems }).toEqual({ ...passing, status: 'completed', problems: [] });
      expect(named(await all(), name)).toHaveLength(5);
    }
  }, 900_000);

  it('killed anywhere when it cannot be done, on the way there or back, it ends taken back', async () => {
    for (const passing of sample(await passingsOf(refusingScene), SAMPLED)) {
      const name = prefix();
      const runId = await prepareRun(place, (await refusingScene(place.provider, name)).workflows);
      const before = named(await all(), name);
      await killAt(place, runId, passing, CALM);
      const { status, problems } = await runIn(place, runId, CALM);
      expect({ ...passing, status, problems }).toMatchObject({ ...passing, status: 'rolled_back' });
      const after = new Map(named(await all(), name).map((remote) => [remote.id, remote]));
      expect([...after.keys()].sort()).toEqual(before.map(({ id }) => id).sort());
      for (const remote of before) expect(isInState(after.get(remote.id)!, targetOf(remote))).toBe(true);
    }
  }, 900_000);

  it('a worker that slept anywhere, and wakes when its lease is lost, writes nothing', async () => {
    for (const passing of sample(await passingsOf(refusingScene), SAMPLED)) {
      const name = prefix();
      const runId = await prepareRun(place, (await refusingScene(place.provider, name)).workflows);
      const stall = stallAt(passing);
      const sleeper = runIn(place, runId, { ...ASLEEP, interruption: stall }).catch((error) => error);
      await Promise.race([stall.here, sleeper]);
      expect(await runIn(place, runId, CALM)).toMatchObject({ status: 'rolled_back' });
      const [journal, remote] = [await readJournal(place, runId), named(await all(), name)];
      stall.wake();
      await sleeper;
      expect(await readJournal(place, runId)).toEqual(journal);
      expect(named(await all(), name)).toEqual(remote);
    }
  }, 900_000);

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
