import { afterAll, beforeEach, expect, test } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { connectEnvironment, kindOf, making, prepareRun, runIn, workerContext } from './journal.fixture';
import type { RunOutcome } from './outcome';
import { takeIn } from './take-in';

const instance = new ScriptedInstance();
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(instance)]]) } });
afterAll(() => closeHouse(kernel));

let context: ReturnType<typeof workerContext>;
let lineageId: string;
let runId: string;
let outcome: RunOutcome;

/** A run that has made a workflow of a lineage. */
beforeEach(async () => {
  const tenant = await newTenant(kernel);
  const environmentId = await connectEnvironment(kernel, tenant, instance);
  const place = { kernel, tenantId: tenant.id, environmentId, provider: instance.provider };
  context = workerContext(kernel, tenant.id);
  const lineage = await context.tx((db) => db.lineage.create({ data: { name: 'Orders', slug: 'orders' } }));
  lineageId = lineage.id;
  runId = await prepareRun(place, [{ ...making(lineageId, callingDocument('Orders'), false), lineageId }]);
  outcome = await runIn(place, runId);
  expect(outcome.status).toBe('completed');
});

const again = () => {
  const actor = { type: 'system' as const, id: null, label: 'test' };
  return takeIn(context, { runId, method: 'promotion', actor }, outcome);
};
const linkNow = () => context.tx((db) => db.workflowLink.findFirstOrThrow());

test('what a run made takes its lineage’s place, and is told as made however often it is asked', async () => {
  expect([...(await again())]).toEqual([lineageId]);
  expect(await linkNow()).toMatchObject({ lineageId, method: 'promotion' });
  expect([...(await again())]).toEqual([lineageId]);
});

test('a link that somebody made otherwise meanwhile stays, and stops nothing', async () => {
  await again();
  const other = await context.tx((db) => db.lineage.create({ data: { name: 'Other', slug: 'other' } }));
  await context.tx((db) => db.workflowLink.updateMany({ data: { lineageId: other.id } }));
  await again();
  expect((await linkNow()).lineageId).toBe(other.id);
});

test('what was seen since the end of the run is not taken back by a second delivery', async () => {
  await again();
  const later = new Date(Date.now() + 60_000);
  const seen = { name: 'Edited since', n8nUpdatedAt: later, seenAt: later };
  await context.tx((db) => db.workflow.updateMany({ data: seen }));
  await again();
  expect(await context.tx((db) => db.workflow.findFirstOrThrow())).toMatchObject({ name: 'Edited since' });
});

test('what a run made counts at once where the environment was read whole, and is no number where it was not', async () => {
  const counted = () => context.tx(async (db) => (await db.environment.findFirstOrThrow()).workflowCount);
  await again();
  expect(await counted()).toBeNull();
  await context.tx((db) => db.environment.updateMany({ data: { workflowCount: 0 } }));
  await again();
  expect(await counted()).toBe(1);
});
