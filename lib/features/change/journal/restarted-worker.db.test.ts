import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import type { Kernel } from '@/lib/kernel/kernel';
import { carryingJob } from '@/lib/testing/chaos/carrying-job';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { startN8nStub } from '@/lib/testing/n8n/stub';
import { ownDatabase } from '@/lib/testing/own-database';
import { bundlePrograms } from '@/scripts/app/bundle';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { readJournal } from './interruption.fixture';
import { changing, connectEnvironment, making, type Place, prepareRun, workerContext } from './journal.fixture';

const root = join(import.meta.dirname, '../../../..');
const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const stub = await startN8nStub();
const workers: ChildProcess[] = [];
let database: Awaited<ReturnType<typeof ownDatabase>>;
let kernel: Kernel;
let place: Place;

beforeAll(async () => {
  database = await ownDatabase();
  kernel = openHouse({ databaseUrl: database.url, ports: { providers: new Map([['n8n', kind]]) } });
  await bundlePrograms({ 'restarted-worker': 'lib/testing/chaos/worker-main.ts' }, 'dist/testing');
  const tenant = await newTenant(kernel);
  const connection = { baseUrl: stub.baseUrl, apiKey: 'stub' };
  const environmentId = await connectEnvironment(kernel, tenant, connection);
  place = { kernel, tenantId: tenant.id, environmentId, provider: kind.connect(connection) };
}, 60_000);
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await closeHouse(kernel);
  await stub.stop();
  await egress.close();
  await database.drop();
});

/** Begins to work when it says so. */
async function startWorkerProcess(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [join(root, 'dist/testing/restarted-worker.mjs'), database.url], {
    ...{ cwd: root, env: process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(worker);
  await new Promise<void>((resolve, reject) => {
    worker.once('exit', (code) => reject(new Error(`A worker ended with ${code}.`)));
    worker.stdout!.on('data', (data) => String(data).includes('ready') && resolve());
  });
  return worker;
}

const inTenant = <T>(work: Parameters<ReturnType<typeof workerContext>['tx']>[0]) =>
  workerContext(kernel, place.tenantId).tx(work) as Promise<T>;
const fenceNow = async () => (await inTenant<{ fence: bigint }>((db) => db.environmentLease.findFirstOrThrow())).fence;

test('a run whose worker was killed is resumed within 30 seconds of the restart, with the product’s own times', async () => {
  const { workflow } = await place.provider.createWorkflow(callingDocument('one'));
  const runId = await prepareRun(place, [
    changing(workflow, callingDocument('one', [], 'two'), false),
    making('made', callingDocument('made'), false),
  ]);
  const { environmentId } = place;
  await inTenant((db) => db.enqueue(carryingJob, { runId }, { environmentId }));
  const victim = await startWorkerProcess();
  await once(victim, 'exit');
  expect((await readJournal(place, runId)).status).toBe('running');
  const fence = await fenceNow();

  await startWorkerProcess();
  const restartedAt = Date.now();
  while ((await fenceNow()) === fence) await sleep(100);
  expect(Date.now() - restartedAt).toBeLessThan(30_000);
  while ((await readJournal(place, runId)).outcome === null) await sleep(200);
  expect((await readJournal(place, runId)).outcome).toMatchObject({ status: 'completed', problems: [] });
}, 120_000);
