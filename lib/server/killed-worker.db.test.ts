import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { syncEnvironment } from '@/lib/features/inventory/sync/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import { type FaultProxy, type Rule, startFaultProxy } from '@/lib/testing/fault-proxy';
import { as, closeHouse, newTenant, openHouse, TEST_ENV, type TestTenant } from '@/lib/testing/house';
import { startN8nStub } from '@/lib/testing/n8n/stub';
import { ownDatabase } from '@/lib/testing/own-database';
import { bundlePrograms } from '@/scripts/app/bundle';

const root = join(import.meta.dirname, '../..');
const dataFolder = mkdtempSync(join(tmpdir(), 'n8n-ops-test-killed-worker-'));
/** Three pages of the largest size. */
const WORKFLOWS = 600;
/** One more than a worker runs at once, so that one still waits when it dies. */
const ENVIRONMENTS = 5;
const AT_ONCE = 4;

const egress = createEgress({ mode: 'private' });
const stub = await startN8nStub();
const proxies: FaultProxy[] = [];
const workers: ChildProcess[] = [];
let database: Awaited<ReturnType<typeof ownDatabase>>;
let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  database = await ownDatabase();
  const provider = n8nProvider({ egress });
  kernel = openHouse({ databaseUrl: database.url, ports: { providers: new Map([[provider.type, provider]]) } });
  tenant = await newTenant(kernel);
  await bundlePrograms({ 'killed-worker': 'lib/server/worker-main.ts' }, 'dist/testing');
  const instance = provider.connect({ baseUrl: stub.baseUrl, apiKey: 'stub' });
  for (let count = 0; count < WORKFLOWS; count += 1) await instance.createWorkflow(sampleDocument(`Flow ${count}`));
}, 60_000);
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await closeHouse(kernel);
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  await stub.stop();
  await egress.close();
  await database.drop();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** The program of `npm run worker`. */
async function startWorkerProcess(): Promise<ChildProcess> {
  const env = {
    ...process.env,
    ...TEST_ENV,
    MASTER_KEY: process.env.MASTER_KEY,
    EMBEDDED_DATABASE_URL: database.url,
    DATA_DIR: dataFolder,
    LOG_LEVEL: 'info',
  };
  const program = join(root, 'dist/testing/killed-worker.mjs');
  const worker = spawn(process.execPath, [program], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  workers.push(worker);
  await new Promise<void>((resolve, reject) => {
    worker.once('exit', (code) => reject(new Error(`The worker ended with ${code}.`)));
    worker.stdout!.on('data', (data) => String(data).includes('worker started') && resolve());
  });
  return worker;
}

const empty = { status: 200, body: JSON.stringify({ data: [], nextCursor: null }) };
const shortLists: Rule = {
  matches: (_, path) => /^\/api\/v1\/(tags|credentials|users|executions)/.test(path),
  fault: { kind: 'reply', reply: empty },
};
const secondPage = (_: string, path: string) => /^\/api\/v1\/workflows\?.*cursor=/.test(path);

/** An n8n that does not answer after the first page of workflows. */
async function connectOne(name: string): Promise<string> {
  const proxy = await startFaultProxy(stub.baseUrl);
  proxies.push(proxy);
  proxy.script(shortLists);
  const admin = await as(kernel, tenant, 'admin');
  const input = { name, class: 'dev', baseUrl: proxy.url, apiKey: 'stub' };
  const { id } = await admin(createEnvironment, input);
  proxy.script(shortLists, { matches: secondPage, fault: { kind: 'hang' } });
  return id;
}

const inTenant = <T>(work: Parameters<typeof kernel.database.asTenant<T>>[1]) =>
  kernel.database.asTenant(tenant.id, work);
const readJobs = () => inTenant((db) => db.backgroundJob.findMany({ orderBy: { createdAt: 'asc' } }));
const statuses = async () => (await readJobs()).map(({ status }) => status);
const seconds = (timeout: number) => ({ timeout: timeout * 1_000, interval: 200 });

type Changed = { environmentId: string; workflowIds: string[]; count: number };
const eventsOf = async (type: string) =>
  (await kernel.database.asPlatform((db) => db.outboxEvent.findMany({ where: { type } }))).map(
    ({ payload }) => payload as Changed,
  );

test('a worker killed during refreshes loses none of them, and what it had done is not done again', async () => {
  const environments: string[] = [];
  for (let count = 1; count <= ENVIRONMENTS; count += 1) environments.push(await connectOne(`Environment ${count}`));
  const admin = await as(kernel, tenant, 'admin');
  for (const id of environments) await admin(syncEnvironment, { id });

  const victim = await startWorkerProcess();
  const firstPages = AT_ONCE * 250;
  await vi.waitFor(async () => expect(await inTenant((db) => db.workflow.count())).toBe(firstPages), seconds(20));
  victim.kill('SIGKILL');
  await once(victim, 'exit');
  expect((await statuses()).sort()).toEqual(['pending', 'running', 'running', 'running', 'running']);

  for (const proxy of proxies) proxy.script(shortLists);
  await startWorkerProcess();
  await vi.waitFor(async () => expect(new Set(await statuses())).toEqual(new Set(['completed'])), seconds(60));
  const jobs = await readJobs();
  expect(jobs).toHaveLength(ENVIRONMENTS);
  expect(jobs.map(({ attempts }) => attempts).sort()).toEqual([1, 2, 2, 2, 2]);
  for (const { result } of jobs) {
    expect(result).toMatchObject({
      phases: [{ phase: 'workflows', status: 'done', count: WORKFLOWS, missing: 0 }, {}, {}, {}, {}],
    });
  }

  const rows = await inTenant((db) => db.workflow.findMany({ select: { version: true, environmentId: true } }));
  expect(rows).toHaveLength(ENVIRONMENTS * WORKFLOWS);
  expect(rows.every(({ version }) => version === 1)).toBe(true);
  const changed = await eventsOf('workflow.changed');
  for (const id of environments) {
    const counts = changed.filter(({ environmentId }) => environmentId === id).map(({ count }) => count);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(WORKFLOWS);
  }
  const synced = (await eventsOf('environment.synced')).map(({ environmentId }) => environmentId);
  expect(synced.sort()).toEqual([...environments].sort());
}, 120_000);
