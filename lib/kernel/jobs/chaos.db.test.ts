import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countingJob, STEPS } from '@/lib/testing/chaos/counting-job';
import { everyFlatDoor } from '@/lib/testing/doors';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { applyMigrations } from '@/lib/testing/own-database';
import { adminOf, knock } from '@/lib/testing/requests';
import { bundlePrograms } from '@/scripts/app/bundle';
import { freePort } from '@/scripts/ports';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '@/scripts/postgres/database';
import type { Kernel } from '../kernel';
import { tenantTransaction } from '../tenant-transaction';

const JOBS = 24;
const root = join(import.meta.dirname, '../../..');
const program = join(root, 'dist/testing/chaos-worker.mjs');
const folder = mkdtempSync(join(tmpdir(), 'n8n-ops-test-postgres-chaos-'));
const workers: ChildProcess[] = [];
const servers: EmbeddedDatabase[] = [];
let kernel: Kernel;
let tenant: TestTenant;
let port: number;

const startDatabase = async () => {
  servers.push(await startEmbeddedDatabase({ folder, settings: { port: String(port) } }));
  return servers.at(-1)!.url;
};

beforeAll(async () => {
  port = await freePort();
  const url = await startDatabase();
  await applyMigrations(url);
  kernel = openHouse({ databaseUrl: url });
  tenant = await newTenant(kernel);
  await bundlePrograms({ 'chaos-worker': 'lib/testing/chaos/worker-main.ts' }, 'dist/testing');
}, 60_000);
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await closeHouse(kernel).catch(() => undefined);
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

function startWorkerProcess(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [program, servers[0]!.url], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(worker);
  return new Promise((resolve, reject) => {
    worker.once('exit', (code) => reject(new Error(`A worker ended with ${code}.`)));
    worker.stdout!.on('data', (data) => String(data).includes('ready') && resolve(worker));
  });
}

const enqueue = (name: string) => {
  const author = { actor: { type: 'system' as const, id: null, label: 'test' }, requestId: 'chaos' };
  return tenantTransaction({ database: kernel.database, tenantId: tenant.id, author }, (db) =>
    db.enqueue(countingJob, { name }),
  );
};
const readJobs = () => kernel.database.asTenant(tenant.id, (db) => db.backgroundJob.findMany());
const runningOnes = async () => (await readJobs()).filter(({ status }) => status === 'running').length;

async function until(condition: () => Promise<boolean>, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s.`);
    await sleep(200);
  }
}

/** As a crash does: no goodbye to anybody. Then the same data on the same port again. */
async function crashDatabase(): Promise<void> {
  const pid = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGQUIT');
  await sleep(1_000);
  await startDatabase();
}

/** Somebody who goes on asking; what they were answered, by status. */
function keepAsking(door: Parameters<typeof knock>[0]) {
  const answers = new Map<number, number>();
  let asking = true;
  const ended = (async () => {
    while (asking) {
      const { status } = await knock(door, { as: adminOf(tenant) });
      answers.set(status, (answers.get(status) ?? 0) + 1);
      await sleep(20);
    }
  })();
  return {
    answers,
    async stop() {
      asking = false;
      await ended;
    },
  };
}

test('with a worker killed and the database crashed under load, no job is lost and no effect is doubled', async () => {
  kernel.rateLimiter.consume = async () => {};
  const door = (await everyFlatDoor()).find(({ name }) => name === 'GET /admin/environment-types')!;
  const [victim, survivor] = await Promise.all([startWorkerProcess(), startWorkerProcess()]);
  await Promise.all(Array.from({ length: JOBS }, (_, job) => enqueue(`job-${job}`)));
  await until(async () => (await runningOnes()) >= 6, 15);
  victim.kill('SIGKILL');
  const asker = keepAsking(door);
  await sleep(500);
  await crashDatabase();
  await until(async () => (await readJobs()).every(({ status }) => status === 'completed'), 120);
  await asker.stop();

  const jobs = await readJobs();
  expect(jobs).toHaveLength(JOBS);
  expect(jobs.every(({ result }) => (result as { counted: number }).counted === STEPS)).toBe(true);
  expect(jobs.some(({ attempts }) => attempts > 1)).toBe(true);
  const events = await kernel.database.asPlatform((db) =>
    db.outboxEvent.findMany({ where: { type: 'chaos.counted' } }),
  );
  expect(events).toHaveLength(JOBS * STEPS);
  expect(new Set(events.map(({ subject }) => subject)).size).toBe(JOBS * STEPS);
  expect(survivor.exitCode).toBeNull();
  expect([...asker.answers.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(asker.answers.get(503)).toBeGreaterThan(0);
}, 200_000);
