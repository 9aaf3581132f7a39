import { afterAll, beforeAll, expect, it } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { isInState, targetOf } from '../change-plans/target';
import { changing, connectEnvironment, going, kindOf, making, type Place, prepareRun, runIn } from './journal.fixture';
import {
  FAULTS,
  type FaultCell,
  type FaultyWrite,
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

let count = 0;

/** A plan with one write of this kind, and a change of another workflow before or after it. */
async function planWith(instance: ScriptedInstance, write: FaultyWrite) {
  const { provider } = instance;
  const name = (text: string) => `${text} ${++count}`;
  const make = async (text: string, active: boolean) => {
    const { workflow } = await provider.createWorkflow(callingDocument(name(text)));
    return active ? (await provider.publishWorkflow(workflow.id)).workflow : workflow;
  };
  const other = await make('other', true);
  const anchor = changing(other, callingDocument(other.document.name, [], 'two'), true);
  if (write === 'create')
    return { id: null, workflows: [anchor, making(name('made'), callingDocument(name('made')), false)] };
  const isLegacySave = instance === legacy;
  const one = await make('one', write === 'unpublish' || isLegacySave);
  const document = write === 'update' ? callingDocument(one.document.name, [], 'two') : one.document;
  const changed = changing(one, document, write === 'publish' || isLegacySave);
  if (write === 'tags') changed.desired!.tags = ['x'];
  return { id: one.id, workflows: [anchor, write === 'archive' ? going(one) : changed] };
}

async function play(instance: ScriptedInstance, { name, write, ends, sent }: FaultCell) {
  const place = places.get(instance)!;
  const { id, workflows } = await planWith(instance, write);
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
