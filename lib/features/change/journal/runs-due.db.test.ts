import { afterAll, beforeEach, expect, it, test } from 'vitest';
import { z } from 'zod';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import { executeJob } from '@/lib/kernel/jobs/execute-job';
import { job } from '@/lib/kernel/jobs/job';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import type { Actor } from '@/lib/kernel/principal';
import { type TenantDb, tenantTransaction } from '@/lib/kernel/tenant-transaction';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { executeRun } from './execute-run';
import { expireLease } from './interruption.fixture';
import { runsDue } from './jobs';
import { connectEnvironment, kindOf, type Place, prepareRun, QUICK, setScene } from './journal.fixture';
import { getRun } from './service';

/** A run by a job of its own, as later chapters have them; `dying` stops it in the middle. */
let dying = false;
const carrying = job({
  name: 'test-carry',
  input: z.object({ runId: z.string() }),
  singletonKey: ({ runId }) => runId,
  timeout: 60,
  attempts: 1,
  run: (ctx, { runId }) => executeRun(ctx, runId, { ...QUICK, ...(dying ? { interruption: deadly } : {}) }),
});
const deadly = {
  isFrozen: () => false,
  at: async (point: string) => {
    if (point === 'step.written') throw new Error('The worker died.');
  },
};

const instance = new ScriptedInstance();
const kernel: Kernel = {
  ...openHouse({ ports: { providers: new Map([['n8n', kindOf(instance)]]) } }),
  jobs: [carrying, runsDue],
};
afterAll(() => closeHouse(kernel));

const actor: Actor = { type: 'user', id: 'dana', label: 'Dana' };
let place: Place;
beforeEach(async () => {
  dying = false;
  const tenant = await newTenant(kernel);
  const environmentId = await connectEnvironment(kernel, tenant, instance);
  place = { kernel, tenantId: tenant.id, environmentId, provider: instance.provider };
});

const inTenant = <T>(work: (db: TenantDb) => Promise<T>) =>
  tenantTransaction(
    { database: kernel.database, tenantId: place.tenantId, author: { actor, requestId: 'test' } },
    work,
  );
const tick = () => runTick(kernel, runsDue.name, new AbortController().signal);
const carriers = () =>
  inTenant((db) => db.backgroundJob.findMany({ where: { type: carrying.name, status: 'pending' } }));
const work = (jobId: string) => executeJob(kernel, { tenantId: place.tenantId, jobId }, new AbortController().signal);

/** A run whose job ended in the middle of it. */
async function strand(name: string) {
  const runId = await prepareRun(place, (await setScene(instance.provider, name)).workflows);
  const { environmentId } = place;
  const resource = { type: 'deployment', id: runId };
  const { jobId } = await inTenant((db) => db.enqueue(carrying, { runId }, { environmentId, resource }));
  dying = true;
  await work(jobId);
  dying = false;
  expect(await inTenant((db) => getRun(db, runId))).toMatchObject({ status: 'running' });
  return { runId, jobId };
}

it.each([
  ['used up its attempts', (db: TenantDb, id: string) => db.backgroundJob.findUniqueOrThrow({ where: { id } })],
  [
    'was cancelled',
    (db: TenantDb, id: string) => db.backgroundJob.update({ where: { id }, data: { status: 'cancelled' } }),
  ],
  ['is gone', (db: TenantDb, id: string) => db.backgroundJob.delete({ where: { id } })],
])('a run whose job %s in the middle is taken up as its starter asked for it, once, and ends', async (name, become) => {
  const { runId, jobId } = await strand(name);
  await inTenant((db) => become(db, jobId));
  await Promise.all([tick(), tick()]);
  await tick();
  const [again, ...others] = await carriers();
  expect(others).toEqual([]);
  const resource = { resourceType: 'deployment', resourceId: runId, environmentId: place.environmentId };
  expect(again).toMatchObject({ input: { runId }, actor, ...resource });
  await work(again!.id);
  expect(await inTenant((db) => getRun(db, runId))).toMatchObject({ status: 'completed', problems: [] });
  await tick();
  expect(await carriers()).toEqual([]);
});

test('a run that somebody works on, or whose job will be tried again, is let be', async () => {
  const { jobId } = await strand('let be');
  await inTenant((db) => db.backgroundJob.update({ where: { id: jobId }, data: { status: 'pending' } }));
  await tick();
  expect(await carriers()).toHaveLength(1);
  await inTenant((db) => db.backgroundJob.delete({ where: { id: jobId } }));
  await inTenant((db) => db.environmentLease.updateMany({ data: { expiresAt: new Date(Date.now() + 60_000) } }));
  await tick();
  expect(await carriers()).toEqual([]);
  await expireLease(place);
  await tick();
  expect(await carriers()).toHaveLength(1);
});
