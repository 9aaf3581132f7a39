import { afterAll, beforeEach, expect, test } from 'vitest';
import { deleteEnvironment } from '@/lib/features/connections/environments/operations';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { as, closeHouse, newTenant, openHouse } from '@/lib/testing/house';
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

test('a run that came to no end for a day keeps nobody from deleting its environment', async () => {
  const data = { startedAt: new Date(Date.now() - 25 * 3_600_000) };
  await workerContext(kernel, place.tenantId).tx((db) => db.journalRun.update({ where: { id: runId }, data }));
  await remove();
});
