import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { executeJob } from '@/lib/kernel/jobs/execute-job';
import { job } from '@/lib/kernel/jobs/job';
import type { Kernel } from '@/lib/kernel/kernel';
import { tenantTransaction } from '@/lib/kernel/tenant-transaction';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { cancelBackgroundJob, getBackgroundJob, listBackgroundJobs } from './operations';

let kernel: Kernel;
let tenant: TestTenant;

/** Runs until it is told to stop. */
const endless = job({
  name: 'test-endless',
  input: z.object({}),
  timeout: 60,
  attempts: 1,
  async run(ctx) {
    for (let current = 0; ; current += 1) {
      await ctx.progress({ step: 'counting', current, total: null });
      await sleep(20, undefined, { signal: ctx.signal });
    }
  },
});

/** Changes something outside, and must not stop halfway. */
const writing = job({ ...endless, name: 'test-writing', cancellation: 'until_started' });
const promised = job({ ...endless, name: 'test-promised', cancellation: 'never' });

beforeAll(async () => {
  kernel = { ...openHouse(), jobs: [endless, writing, promised] };
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const author = { actor: { type: 'system' as const, id: null, label: 'test' }, requestId: 'test' };
const enqueue = (declaration = endless) =>
  tenantTransaction({ database: kernel.database, tenantId: tenant.id, author }, (db) => db.enqueue(declaration, {}));
const execute = (jobId: string, signal = new AbortController().signal) =>
  executeJob(kernel, { tenantId: tenant.id, jobId }, signal);

test('a job that waits is cancelled at once and never runs', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const { jobId } = await enqueue();
  expect(await developer(cancelBackgroundJob, { id: jobId })).toMatchObject({
    status: 'cancelled',
    cancellable: false,
  });
  expect(await execute(jobId)).toBe(false);
  expect(await developer(getBackgroundJob, { id: jobId })).toMatchObject({ status: 'cancelled', attempts: 0 });
});

test('a job that runs is asked to stop, and stops', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const { jobId } = await enqueue();
  const running = execute(jobId);
  await expect.poll(async () => (await developer(getBackgroundJob, { id: jobId })).progress?.step).toBe('counting');
  const asked = await developer(cancelBackgroundJob, { id: jobId });
  expect(asked).toMatchObject({ status: 'running', cancellable: false });
  expect(asked.cancelRequestedAt).not.toBeNull();
  await running;
  expect(await developer(getBackgroundJob, { id: jobId })).toMatchObject({ status: 'cancelled', error: null });
});

test('a job whose worker died after it was asked to stop ends as cancelled', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const { jobId } = await enqueue();
  const longAgo = new Date(Date.now() - 600_000);
  await kernel.database.asTenant(tenant.id, (db) =>
    db.backgroundJob.update({ where: { id: jobId }, data: { status: 'running', attempts: 1, heartbeatAt: longAgo } }),
  );
  await developer(cancelBackgroundJob, { id: jobId });
  expect(await execute(jobId)).toBe(false);
  expect(await developer(getBackgroundJob, { id: jobId })).toMatchObject({ status: 'cancelled' });
});

test('work that must not stand half done is cancelled before it starts, and never after, and says why', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const waiting = await enqueue(writing);
  expect(await developer(cancelBackgroundJob, { id: waiting.jobId })).toMatchObject({ status: 'cancelled' });
  const { jobId } = await enqueue(writing);
  const worker = new AbortController();
  const running = execute(jobId, worker.signal);
  const refused = { kind: 'blocked', code: 'carried_to_its_end', allowedBy: expect.stringContaining('rolled back') };
  await expect.poll(async () => (await developer(getBackgroundJob, { id: jobId })).progress?.step).toBe('counting');
  await expect(developer(cancelBackgroundJob, { id: jobId })).rejects.toMatchObject(refused);
  worker.abort();
  await running;
  // Handed back by its worker it waits again, and has begun all the same.
  const handedBack = await developer(getBackgroundJob, { id: jobId });
  expect(handedBack).toMatchObject({ status: 'pending', cancellable: false, cancelRequestedAt: null });
  await expect(developer(cancelBackgroundJob, { id: jobId })).rejects.toMatchObject(refused);
});

test('work that was promised is not cancelled even while it waits', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const { jobId } = await enqueue(promised);
  expect(await developer(getBackgroundJob, { id: jobId })).toMatchObject({ cancellable: false });
  await expect(developer(cancelBackgroundJob, { id: jobId })).rejects.toMatchObject({ kind: 'blocked' });
});

test('a finished job cannot be cancelled', async () => {
  const developer = await as(kernel, tenant, 'developer');
  const { jobId } = await enqueue();
  await developer(cancelBackgroundJob, { id: jobId });
  await expect(developer(cancelBackgroundJob, { id: jobId })).rejects.toMatchObject({ code: 'job_finished' });
});

test('jobs are found by type and status', async () => {
  const own = await newTenant(kernel);
  const viewer = await as(kernel, own, 'viewer');
  const scope = { database: kernel.database, tenantId: own.id, author };
  await tenantTransaction(scope, (db) => db.enqueue(endless, {}));
  expect(await viewer(listBackgroundJobs, { type: 'test-endless', status: 'pending' })).toMatchObject({ total: 1 });
  expect(await viewer(listBackgroundJobs, { status: 'completed' })).toMatchObject({ total: 0 });
  expect(await viewer(listBackgroundJobs, { search: 'ENDLESS' })).toMatchObject({ total: 1 });
});
