import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { ProviderError } from '@/lib/ports/provider-error';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { editByHand, HAND_EDITS } from './hand-edit.fixture';
import { changing, connectEnvironment, kindOf, making, type Place, prepareRun, runIn } from './journal.fixture';

const instance = new ScriptedInstance();
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(instance)]]) } });
afterAll(() => closeHouse(kernel));

const MANY = 24;
let place: Place;
beforeAll(async () => {
  const tenant = await newTenant(kernel);
  const environmentId = await connectEnvironment(kernel, tenant, instance);
  place = { kernel, tenantId: tenant.id, environmentId, provider: instance.provider };
});

/** Changes many workflows, and calls `meanwhile` between the last write and the last look. */
async function changeMany(prefix: string, meanwhile: (ids: string[]) => void) {
  const planned = [];
  const ids: string[] = [];
  for (let at = 0; at < MANY; at += 1) {
    const name = `${prefix} ${at}`;
    const { workflow } = await instance.provider.createWorkflow({ ...callingDocument(name), description: 'Kept' });
    ids.push(workflow.id);
    planned.push(changing(workflow, { ...callingDocument(name, [], 'two'), description: 'Kept' }, at % 2 === 0));
  }
  const interruption = {
    isFrozen: () => false,
    at: async (point: string) => {
      if (point === 'verify.begun') meanwhile(ids);
      if (point === 'verify.read') looks = instance.calls.filter((call) => call === 'getWorkflow').length;
    },
  };
  let looks = 0;
  const outcome = await runIn(place, await prepareRun(place, planned), { interruption });
  return { outcome, ids, looks };
}

test('what the list shows as it was left is not read one by one, and the outcome holds it whole', async () => {
  const { outcome, looks } = await changeMany('whole', () => instance.forget());
  expect(outcome).toMatchObject({ status: 'completed', problems: [] });
  expect(looks).toBe(0);
  for (const { n8nId, remote } of outcome.workflows) expect(remote).toEqual(instance.workflows.get(n8nId!));
});

test('a creation whose answer was lost, found in a list, is read by itself before the outcome holds it', async () => {
  const { createWorkflow } = instance.provider;
  const pinData = { Receive: [{ json: { id: 1 } }] };
  const planned = Array.from({ length: MANY }, (_, at) =>
    making(`lost-${at}`, { ...callingDocument(`lost ${at}`), pinData }, false),
  );
  instance.provider.createWorkflow = async (document, call) => {
    await createWorkflow(document, call);
    throw new ProviderError('outcome_unknown', 'The connection ended.');
  };
  const outcome = await runIn(place, await prepareRun(place, planned));
  instance.provider.createWorkflow = createWorkflow;
  expect(outcome).toMatchObject({ status: 'completed', problems: [] });
  for (const { remote } of outcome.workflows) expect(remote!.document).toMatchObject({ pinData });
});

test('an edit between the last write and the last look is found and named, whatever its kind', async () => {
  const { outcome, ids } = await changeMany('edited', (made) => {
    for (const [at, kind] of HAND_EDITS.entries()) editByHand(instance, made[at]!, kind);
  });
  expect(outcome.status).toBe('needs_attention');
  const harmless = HAND_EDITS.indexOf('move');
  const touched = ids.filter((_, at) => HAND_EDITS[at] && at !== harmless);
  expect(outcome.problems.map(({ n8nId }) => n8nId).sort()).toEqual(touched.sort());
});

test('a list that hides rows makes nobody believe that they are gone', async () => {
  const { outcome, ids } = await changeMany('hidden', (made) => instance.hidden.add(made[3]!));
  instance.hidden.clear();
  expect(outcome).toMatchObject({ status: 'completed', problems: [] });
  expect(outcome.workflows.find(({ n8nId }) => n8nId === ids[3])!.remote).not.toBeNull();
});
