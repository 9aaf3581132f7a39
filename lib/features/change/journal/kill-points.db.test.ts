import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { AppError } from '@/lib/core/errors';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { sample } from '@/lib/testing/sample';
import { isInState, targetOf } from '../change-plans/target';
import { killAt, type Passing, readJournal, stallAt, tracePassings } from './interruption.fixture';
import { connectEnvironment, kindOf, type Place, prepareRun, refusingScene, runIn, setScene } from './journal.fixture';
import { POINTS } from './options';

const modern = new ScriptedInstance();
const legacy = new ScriptedInstance({ without: ['workflows.draftOnly', 'workflows.publishVersion'] });
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(modern, legacy)]]) } });
afterAll(() => closeHouse(kernel));

/** Passings that `npm test` picks for each direction and instance. */
const SAMPLED = 8;
const ASLEEP = { leaseMs: 800 };

let count = 0;
const prefix = () => `k${++count}`;

describe.each([
  ['of today', modern],
  ['that puts every save live', legacy],
])('on an instance %s', (_, instance) => {
  let place: Place;
  beforeAll(async () => {
    const tenant = await newTenant(kernel);
    const environmentId = await connectEnvironment(kernel, tenant, instance);
    place = { kernel, tenantId: tenant.id, environmentId, provider: instance.provider };
  });

  /** Half of the sample stands around a write, where most can go wrong. */
  const sampledPassings = async (set: typeof setScene) => {
    const { workflows } = await set(instance.provider, prefix());
    const passings = await tracePassings(place, await prepareRun(place, workflows));
    const isCritical = ({ point }: Passing) => /intended|written/.test(point);
    return [
      ...sample(passings.filter(isCritical), SAMPLED / 2),
      ...sample(
        passings.filter((passing) => !isCritical(passing)),
        SAMPLED / 2,
      ),
    ];
  };

  const states = () => new Map([...instance.workflows].map(([id, remote]) => [id, targetOf(remote)]));
  const expectAsBefore = (before: ReturnType<typeof states>) => {
    expect([...instance.workflows.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [id, target] of before) expect(isInState(instance.workflows.get(id)!, target), id).toBe(true);
  };

  it('killed anywhere on the way forward, it ends applied, and nothing is made twice', async () => {
    for (const passing of await sampledPassings(setScene)) {
      const runId = await prepareRun(place, (await setScene(instance.provider, prefix())).workflows);
      const before = instance.workflows.size;
      await killAt(place, runId, passing);
      const { status, problems } = await runIn(place, runId);
      expect({ ...passing, status, problems }).toEqual({ ...passing, status: 'completed', problems: [] });
      expect(instance.workflows.size).toBe(before + 1);
    }
  }, 300_000);

  it('killed anywhere when it cannot be done, on the way there or back, it ends taken back', async () => {
    for (const passing of await sampledPassings(refusingScene)) {
      const runId = await prepareRun(place, (await refusingScene(instance.provider, prefix())).workflows);
      const before = states();
      await killAt(place, runId, passing);
      const { status } = await runIn(place, runId);
      expect({ ...passing, status }).toEqual({ ...passing, status: 'rolled_back' });
      expectAsBefore(before);
    }
  }, 300_000);

  it.each([
    ['can be done', setScene, 'completed'],
    ['cannot be done', refusingScene, 'rolled_back'],
  ] as const)(
    'a worker that slept anywhere, and wakes when its lease is lost, writes nothing: what %s',
    async (_, set, end) => {
      for (const passing of await sampledPassings(set)) {
        const runId = await prepareRun(place, (await set(instance.provider, prefix())).workflows);
        const stall = stallAt(passing);
        const sleeper = runIn(place, runId, { ...ASLEEP, interruption: stall }).catch((error) => error);
        // Orders depend on ids, so a later passing may not come.
        await Promise.race([stall.here, sleeper]);
        const { status } = await runIn(place, runId);
        expect({ ...passing, status }).toEqual({ ...passing, status: end });
        const [journal, remote] = [await readJournal(place, runId), new Map(instance.workflows)];
        stall.wake();
        const ended = await sleeper;
        const said = ended instanceof Error ? (ended as AppError).code : ended.status;
        expect(['lease_lost', end], `${passing.point} ${passing.nth}`).toContain(said);
        expect(await readJournal(place, runId)).toEqual(journal);
        expect(instance.workflows).toEqual(remote);
      }
    },
    600_000,
  );
});

test('there are at least fourteen named points, and a run that is taken back passes all but those of verifying', async () => {
  expect(POINTS.length).toBeGreaterThanOrEqual(14);
  const tenant = await newTenant(kernel);
  const environmentId = await connectEnvironment(kernel, tenant, modern);
  const place = { kernel, tenantId: tenant.id, environmentId, provider: modern.provider };
  const { workflows } = await refusingScene(modern.provider, prefix());
  const passed = new Set((await tracePassings(place, await prepareRun(place, workflows))).map(({ point }) => point));
  expect(POINTS.filter((point) => !passed.has(point))).toEqual(['verify.begun', 'verify.read']);
});
