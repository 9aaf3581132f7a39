import { afterAll, beforeAll, expect, it } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { isInState, targetOf } from '../change-plans/target';
import { connectEnvironment, kindOf, type Place, prepareRun, runIn } from './journal.fixture';
import {
  FAULTS,
  type FaultCell,
  planWith,
  readFaultCells,
  SAVING_FAULTS,
  spoil,
  takesDownWhatFails,
} from './write-faults.fixture';

const modern = new ScriptedInstance();
const legacy = new ScriptedInstance({ without: ['workflows.draftOnly', 'workflows.publishVersion'] });
takesDownWhatFails(legacy);
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(modern, legacy)]]) } });
const places = new Map<ScriptedInstance, Place>();
beforeAll(async () => {
  const tenant = await newTenant(kernel);
  for (const instance of [modern, legacy]) {
    instance.tags.push({ id: 'tag-x', name: 'x' });
    const environmentId = await connectEnvironment(kernel, tenant, instance);
    places.set(instance, { kernel, tenantId: tenant.id, environmentId, provider: instance.provider });
  }
});
afterAll(() => closeHouse(kernel));

async function play(instance: ScriptedInstance, { name, write, ends, sent }: FaultCell) {
  const place = places.get(instance)!;
  const { id, workflows } = await planWith(instance.provider, write, instance === legacy);
  const runId = await prepareRun(place, workflows);
  const before = new Map([...instance.workflows].map(([key, remote]) => [key, targetOf(remote)]));
  const spoiled = spoil(instance, write, id, { ...FAULTS, ...SAVING_FAULTS }[name]!);
  const outcome = await runIn(place, runId, { retryMs: [300, 300] }).finally(spoiled.stop);
  expect({ ends: outcome.status, sent: spoiled.sent }).toEqual({ ends, sent });
  if (ends === 'completed') {
    expect(instance.workflows.size).toBe(before.size + (write === 'create' ? 1 : 0));
    return expect(outcome.problems).toEqual([]);
  }
  expect(outcome.problems.map(({ n8nId }) => n8nId)).toEqual([id]);
  expect([...instance.workflows.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [key, target] of before) expect(isInState(instance.workflows.get(key)!, target)).toBe(true);
}

it('the tables and the cases name each other', () => {
  const names = ([0, 1] as const).map((table) => [...new Set(readFaultCells(table).map(({ name }) => name))]);
  expect(names.map((list) => list.toSorted())).toEqual(
    [FAULTS, SAVING_FAULTS].map((cases) => Object.keys(cases).sort()),
  );
});

it.each(readFaultCells(0))('$name at $write: $ends', (cell) => play(modern, cell));

it.each(readFaultCells(1))('$name where every save goes live: $ends', (cell) => play(legacy, cell));
