import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { startFaultProxy } from '../lib/testing/fault-proxy/index.ts';
import { migrate } from '../scripts/app/database.ts';
import { createAccount } from '../scripts/demo/account.ts';
import { connect } from '../scripts/demo/connect.ts';
import { JsonApi } from '../scripts/demo/http.ts';
import { freePort } from '../scripts/ports.ts';
import { root } from '../scripts/root.ts';
import { installedProgram } from '../scripts/run.ts';
import { house } from './house/house.ts';

const DATABASE = 'killed_app';
const apps: ChildProcess[] = [];
test.afterAll(() => {
  for (const app of apps) app.kill('SIGKILL');
});

test('an application killed during a refresh goes on with it when it is started again, and repeats nothing', async () => {
  const installation = await secondInstallation();
  const account = await createAccount(installation.env, AbortSignal.timeout(60_000));
  const as = new JsonApi(`${installation.origin}/api/v1`, { authorization: `Bearer ${account.apiKey}` });
  const [dev] = house().n8n;
  const proxy = await startFaultProxy(dev.baseUrl);
  const victim = await startApp(installation);
  const environment = await connect(as, 'Development', 'dev', { ...dev, baseUrl: proxy.url });
  proxy.script({ matches: asksFor('executions'), fault: { kind: 'hang' } });
  const { jobId } = await as.post<{ jobId: string }>(`/environments/${environment.id}/sync`);
  await expect.poll(() => proxy.requests.some((request) => request.includes('/executions'))).toBe(true);
  const before = await as.get<Job>(`/background-jobs/${jobId}`);
  expect(before).toMatchObject({ status: 'running', attempts: 1 });

  victim.kill('SIGKILL');
  await once(victim, 'exit');
  await expect(as.get('/health/live')).rejects.toThrow();
  proxy.script();
  await startApp(installation);
  const job = () => as.get<Job>(`/background-jobs/${jobId}`);
  await expect.poll(async () => (await job()).status, { timeout: 60_000 }).toBe('completed');
  expect(await job()).toMatchObject({ attempts: 2, result: { phases: Array(5).fill({ status: 'done' }) } });
  expect(await as.get('/background-jobs')).toMatchObject({ total: 1 });
  // What the first attempt had finished is not even asked for again.
  expect(proxy.requests.filter((request) => asksFor('workflows')('', request.split(' ')[1] ?? ''))).toEqual([]);
  const { total } = await as.get<{ total: number }>(`/workflows?environmentId=${environment.id}`);
  expect(await changesTold(installation.databaseUrl)).toBe(total);
  expect(total).toBeGreaterThan(0);
  await proxy.stop();
});

interface Job {
  status: string;
  attempts: number;
  result: unknown;
}

interface Installation {
  origin: string;
  databaseUrl: string;
  env: NodeJS.ProcessEnv;
}

const asksFor = (list: string) => (_: string, path: string) => path.startsWith(`/api/v1/${list}?`);

/** The same build on a database of its own, since the house's worker would do what a killed one leaves. */
async function secondInstallation(): Promise<Installation> {
  const { adminEnv, dataFolder } = house();
  const shared = adminEnv.EMBEDDED_DATABASE_URL ?? '';
  await query(shared, `CREATE DATABASE ${DATABASE}`);
  const databaseUrl = Object.assign(new URL(shared), { pathname: `/${DATABASE}` }).toString();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    ...adminEnv,
    EMBEDDED_DATABASE_URL: databaseUrl,
    APP_ORIGIN: origin,
    PORT: `${port}`,
    DATA_DIR: join(dataFolder, DATABASE),
    LOG_LEVEL: 'warn',
  };
  await migrate(env, AbortSignal.timeout(60_000));
  return { origin, databaseUrl, env };
}

/** The one process of `npm start`: Next, and the worker within it. */
async function startApp({ origin, env }: Installation): Promise<ChildProcess> {
  const args = [installedProgram('next'), 'start', '--port', env.PORT ?? '', '--hostname', '127.0.0.1'];
  const app = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  apps.push(app);
  const isLive = async () => (await fetch(`${origin}/api/v1/health/live`).catch(() => null))?.ok ?? false;
  await expect.poll(isLive, { timeout: 60_000, intervals: [100] }).toBe(true);
  return app;
}

/** How many changes of workflows browsers were told of, each attempt counted. */
async function changesTold(databaseUrl: string): Promise<number> {
  const rows = await query(
    databaseUrl,
    `SET ROLE n8nops_platform;
     SELECT sum((payload->>'count')::int) AS told FROM outbox_events WHERE type = 'workflow.changed'`,
  );
  return Number(rows[0]?.told);
}

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const results = await client.query(sql);
    return [results].flat().at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}
