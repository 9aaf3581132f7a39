import { afterAll, beforeEach, expect, test } from 'vitest';
import { deleteEnvironment } from '@/lib/features/connections/environments/operations';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { as, closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { isBeingChanged } from './being-changed';
import { killAt, readJournal } from './interruption.fixture';
import { connectEnvironment, kindOf, type Place, prepareRun, runIn, setScene, workerContext } from './journal.fixture';

const instance = new ScriptedInstance();
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(instance)]]) } });
afterAll(() => closeHouse(kernel));

let place: Place;
let runId: string;
let remove: () => Promise<unknown>;

/** A run whose worker died after a write. */
beforeEach(async () => {
  const tenant = await newTenant(kernel);
  const environmentId = await connectEnvironment(kernel, tenant, instance);
  place = { kernel, tenantId: tenant.id, environmentId, provider: instance.provider };
  const admin = await as(kernel, tenant, 'admin');
  remove = () => admin(deleteEnvironment, { id: environmentId });
  runId = await prepareRun(place, (await setScene(instance.provider, tenant.id)).workflows);
  await killAt(place, runId, { point: 'step.written', nth: 2 });
});

test('an environment is not deleted in the middle of a run, whose journal would go too, and is once it has ended', async () => {
  await expect(remove()).rejects.toMatchObject({ kind: 'blocked', rule: 'environment_in_use' });
  expect((await readJournal(place, runId)).steps.some(({ preImage }) => preImage)).toBe(true);
  expect(await runIn(place, runId)).toMatchObject({ status: 'completed' });
  await remove();
});

test('what nobody carries right now is being written all the same, until it has ended', async () => {
  const { tx } = workerContext(kernel, place.tenantId);
  const isWritten = () => tx((db) => isBeingChanged(db, place.environmentId));
  await tx((db) => db.environmentLease.updateMany({ data: { expiresAt: new Date(0) } }));
  expect(await isWritten()).toBe(true);
  await runIn(place, runId);
  expect(await isWritten()).toBe(false);
});

test('a run that came to no end for a day keeps nobody from deleting its environment', async () => {
  const data = { startedAt: new Date(Date.now() - 25 * 3_600_000) };
  await workerContext(kernel, place.tenantId).tx((db) => db.journalRun.update({ where: { id: runId }, data }));
  await remove();
});
