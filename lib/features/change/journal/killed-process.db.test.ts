import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { closeHouse, newTenant, openHouse, TEST_ENV } from '@/lib/testing/house';
import { startN8nStub } from '@/lib/testing/n8n/stub';
import { sample } from '@/lib/testing/sample';
import { bundlePrograms } from '@/scripts/app/bundle';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { listAll } from './created';
import { type Passing, tracePassings } from './interruption.fixture';
import { changing, connectEnvironment, making, type Place, prepareRun } from './journal.fixture';

const root = join(import.meta.dirname, '../../../..');
const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const stub = await startN8nStub();
const kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
const children: ChildProcess[] = [];
let place: Place;

beforeAll(async () => {
  await bundlePrograms({ 'journal-process': 'lib/testing/chaos/journal-main.ts' }, 'dist/testing');
  const tenant = await newTenant(kernel);
  const connection = { baseUrl: stub.baseUrl, apiKey: 'stub' };
  const environmentId = await connectEnvironment(kernel, tenant, connection);
  place = { kernel, tenantId: tenant.id, environmentId, provider: kind.connect(connection) };
}, 60_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await closeHouse(kernel);
  await stub.stop();
  await egress.close();
});

/** What the process said at its end; null when it was killed. */
async function runInProcess(runId: string, at?: Passing): Promise<{ status: string } | null> {
  const passing = at ? [at.point, String(at.nth)] : [];
  const program = join(root, 'dist/testing/journal-process.mjs');
  const env = { ...process.env, ...TEST_ENV, MASTER_KEY: process.env.MASTER_KEY };
  const child = spawn(process.execPath, [program, inject('databaseUrl'), place.tenantId, runId, ...passing], {
    ...{ cwd: root, env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout!.on('data', (data) => {
    said += data;
  });
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return null;
  expect(code).toBe(0);
  return JSON.parse(said);
}

let count = 0;

/** One is changed and published, one is made. */
async function prepare(): Promise<string> {
  const name = (text: string) => `${text} ${++count}`;
  const { workflow } = await place.provider.createWorkflow(callingDocument(name('one')));
  return prepareRun(place, [
    changing(workflow, callingDocument(workflow.document.name, [], 'two'), true),
    making(name('made'), callingDocument(name('made')), true),
  ]);
}

it('a process killed with SIGKILL leaves a run that the next process ends, whole, and nothing is made twice', async () => {
  const passings = await tracePassings(place, await prepare());
  for (const passing of sample(passings, 4)) {
    const runId = await prepare();
    const before = (await listAll(place.provider, {})).length;
    expect(await runInProcess(runId, passing)).toBeNull();
    expect({ passing, ...(await runInProcess(runId)) }).toMatchObject({ passing, status: 'completed' });
    expect(await listAll(place.provider, {})).toHaveLength(before + 1);
  }
}, 600_000);
