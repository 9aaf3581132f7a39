import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, upstream } from '@/lib/core/errors';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import type { Kernel } from '../kernel';
import type { Actor } from '../principal';
import { tenantTransaction } from '../tenant-transaction';
import { executeJob } from './execute-job';
import { type JobDeclaration, job, scheduledJob } from './job';
import type { JobContext } from './job-context';
import { runTick } from './tick';

let kernel: Kernel;
let tenantId: string;
beforeAll(async () => {
  kernel = openHouse();
  tenantId = (await newTenant(kernel)).id;
});
afterAll(() => closeHouse(kernel));

const actor: Actor = { type: 'system', id: null, label: 'test' };
const running = new AbortController().signal;
type Handler = (ctx: JobContext, input: { key: string }) => Promise<unknown>;

/** A job of a test's own, registered with the kernel. */
function declare(run: Handler, changes: Partial<JobDeclaration<{ key: string }>> = {}) {
  const declaration = job({
    name: `test-${randomUUID()}`,
    input: z.object({ key: z.string() }),
    timeout: 30,
    attempts: 3,
    run,
    ...changes,
  });
  kernel.jobs = [...kernel.jobs, declaration];
  return declaration;
}

const enqueue = (declaration: JobDeclaration<{ key: string }>, key = 'k') =>
  tenantTransaction({ database: kernel.database, tenantId, author: { actor, requestId: 'r' } }, (db) =>
    db.enqueue(declaration, { key }),
  );
const execute = (jobId: string, shutdown = running) => executeJob(kernel, { tenantId, jobId }, shutdown);
const read = (id: string) =>
  kernel.database.asTenant(tenantId, (db) => db.backgroundJob.findUniqueOrThrow({ where: { id } }));
const change = (id: string, data: object) =>
  kernel.database.asTenant(tenantId, (db) => db.backgroundJob.update({ where: { id }, data }));
/** As if its worker had died: silent for longer than a takeover waits. */
const silence = (id: string) => change(id, { heartbeatAt: new Date(Date.now() - 60_000) });
const due = (id: string) => change(id, { runAfter: new Date(0) });

test('of fifty requests for one thing, one makes the job and all get its id', async () => {
  const declaration = declare(async () => ({}), { singletonKey: ({ key }) => key });
  const receipts = await Promise.all(Array.from({ length: 50 }, () => enqueue(declaration)));
  expect(receipts.filter(({ alreadyRunning }) => !alreadyRunning)).toHaveLength(1);
  expect(new Set(receipts.map(({ jobId }) => jobId)).size).toBe(1);
  await execute(receipts[0]!.jobId);
  expect(await enqueue(declaration)).toMatchObject({ alreadyRunning: false });
});

test('what is asked for differently is refused beside a running job, never swallowed by it', async () => {
  const declaration = declare(async () => ({}), { singletonKey: () => 'one' });
  const { jobId } = await enqueue(declaration, 'a');
  expect(await enqueue(declaration, 'a')).toEqual({ jobId, alreadyRunning: true });
  await expect(enqueue(declaration, 'b')).rejects.toMatchObject({
    code: 'another_running',
    message: expect.stringContaining(jobId),
  });
  await execute(jobId);
  expect(await enqueue(declaration, 'b')).toMatchObject({ alreadyRunning: false });
});

test('a job may say which running one will do, and a tick takes whatever runs', async () => {
  const covers = (active: { key: string }, asked: { key: string }) => active.key.startsWith(asked.key);
  const declaration = declare(async () => ({}), { singletonKey: () => 'one', covers });
  const { jobId } = await enqueue(declaration, 'all');
  expect(await enqueue(declaration, 'a')).toEqual({ jobId, alreadyRunning: true });
  await expect(enqueue(declaration, 'b')).rejects.toMatchObject({ code: 'another_running' });
  const tick = scheduledJob({
    name: `tick-${randomUUID()}`,
    schedule: '* * * * *',
    run: async ({ enqueueFor }) =>
      expect(await enqueueFor(tenantId, declaration, { key: 'b' })).toMatchObject({ jobId }),
  });
  kernel.jobs = [...kernel.jobs, tick];
  await runTick(kernel, tick.name, running);
});

test('of fifty deliveries of one job, one runs it', async () => {
  let runs = 0;
  const declaration = declare(async () => {
    runs += 1;
    await sleep(100);
  });
  const { jobId } = await enqueue(declaration);
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => execute(jobId)));
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(runs).toBe(1);
  expect(await execute(jobId)).toBe(false);
});

test('a job leaves its result, its progress and its checkpoint', async () => {
  const declaration = declare(async (ctx) => {
    await ctx.progress({ step: 'reading', current: 1, total: 2 });
    await ctx.saveCheckpoint({ at: 1 });
    await ctx.progress({ step: 'reading', current: 2, total: 2 });
    return { read: 2 };
  });
  const { jobId } = await enqueue(declaration);
  await execute(jobId);
  expect(await read(jobId)).toMatchObject({
    status: 'completed',
    result: { read: 2 },
    progress: { step: 'reading', current: 2, total: 2 },
    checkpoint: { at: 1 },
    attempts: 1,
  });
});

test('a failure that may pass is tried again after a while, from its checkpoint, and given up in the end', async () => {
  const seen: unknown[] = [];
  const declaration = declare(async (ctx) => {
    seen.push(ctx.checkpoint);
    await ctx.saveCheckpoint({ attempt: ctx.attempt });
    throw upstream('n8n is away');
  });
  const { jobId } = await enqueue(declaration);
  await execute(jobId);
  const waiting = await read(jobId);
  expect(waiting).toMatchObject({ status: 'pending', error: { code: 'upstream', detail: 'n8n is away' } });
  expect(waiting.runAfter.getTime()).toBeGreaterThan(Date.now() + 500);
  expect(await execute(jobId)).toBe(false);
  for (const _ of [2, 3]) {
    await due(jobId);
    await execute(jobId);
  }
  expect(await read(jobId)).toMatchObject({ status: 'failed', attempts: 3 });
  expect(seen).toEqual([null, { attempt: 1 }, { attempt: 2 }]);
});

test('a failure that cannot pass is not tried again', async () => {
  const declaration = declare(async () => {
    throw new AppError('invalid', 'this never works');
  });
  const { jobId } = await enqueue(declaration);
  await execute(jobId);
  expect(await read(jobId)).toMatchObject({ status: 'failed', attempts: 1, error: { detail: 'this never works' } });
});

test('an unknown error tells the job page nothing but a code', async () => {
  const declaration = declare(
    async () => {
      throw new Error('password=hunter2');
    },
    { attempts: 1 },
  );
  const { jobId } = await enqueue(declaration);
  await execute(jobId);
  const { error } = await read(jobId);
  expect(error).toMatchObject({ code: 'internal' });
  expect(JSON.stringify(error)).not.toContain('hunter2');
});

test('after a takeover nothing that the stalled worker writes counts', async () => {
  let release = () => {};
  const stalled = new Promise<void>((go) => {
    release = go;
  });
  const late: string[] = [];
  const declaration = declare(async (ctx) => {
    if (ctx.attempt > 1) return { by: 'second' };
    await stalled;
    const attempts: [string, () => Promise<unknown>][] = [
      [
        'transaction',
        () => ctx.tx((db) => db.environmentType.create({ data: { key: 'late', label: 'l', sortOrder: 0 } })),
      ],
      ['checkpoint', () => ctx.saveCheckpoint({ by: 'first' })],
      ['progress', () => ctx.progress({ step: 'late', current: 1, total: 1 })],
    ];
    for (const [name, attempt] of attempts) await attempt().catch(() => late.push(name));
    return { by: 'first' };
  });
  const { jobId } = await enqueue(declaration);
  const first = execute(jobId);
  await sleep(100);
  await silence(jobId);
  expect(await execute(jobId)).toBe(true);
  release();
  await first;
  expect(await read(jobId)).toMatchObject({
    status: 'completed',
    result: { by: 'second' },
    attempts: 2,
    checkpoint: null,
  });
  expect(late).toContain('transaction');
  const types = await kernel.database.asTenant(tenantId, (db) => db.environmentType.count({ where: { key: 'late' } }));
  expect(types).toBe(0);
});

test('a job that ends its worker every time is given up instead of going round for ever', async () => {
  let runs = 0;
  const declaration = declare(
    () => {
      runs += 1;
      return new Promise(() => {});
    },
    { attempts: 2 },
  );
  const { jobId } = await enqueue(declaration);
  for (const attempt of [1, 2]) {
    void execute(jobId);
    while (runs < attempt) await sleep(20);
    await silence(jobId);
  }
  await execute(jobId);
  expect(await read(jobId)).toMatchObject({ status: 'failed', error: { code: 'attempts_exhausted' } });
  expect(runs).toBe(2);
});

test('a cancelled job that waits never runs', async () => {
  let runs = 0;
  const { jobId } = await enqueue(declare(async () => (runs += 1)));
  await change(jobId, { cancelRequestedAt: new Date() });
  expect(await execute(jobId)).toBe(false);
  expect(runs).toBe(0);
});

test('a cancelled job that runs is told at its next sign of life', async () => {
  const declaration = declare(
    (ctx) => new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason))),
  );
  const { jobId } = await enqueue(declaration);
  const ended = execute(jobId);
  await sleep(200);
  await change(jobId, { cancelRequestedAt: new Date() });
  await ended;
  expect(await read(jobId)).toMatchObject({ status: 'cancelled' });
});

test('a worker that shuts down hands the job back at once, and that is no attempt', async () => {
  const shutdown = new AbortController();
  let runs = 0;
  const declaration = declare(
    (ctx) => {
      runs += 1;
      if (runs > 1) return Promise.resolve({ resumedFrom: ctx.checkpoint });
      return ctx
        .saveCheckpoint({ page: 7 })
        .then(() => new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason))));
    },
    { attempts: 1 },
  );
  const { jobId } = await enqueue(declaration);
  const ended = execute(jobId, shutdown.signal);
  await sleep(200);
  shutdown.abort();
  await ended;
  expect(await read(jobId)).toMatchObject({ status: 'pending', attempts: 0, dispatchedAt: null });
  await execute(jobId);
  expect(await read(jobId)).toMatchObject({ status: 'completed', result: { resumedFrom: { page: 7 } } });
});

test('an attempt that takes too long is ended', async () => {
  const declaration = declare(
    (ctx) => new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason))),
    { timeout: 0.3, attempts: 1 },
  );
  const { jobId } = await enqueue(declaration);
  await execute(jobId);
  expect(await read(jobId)).toMatchObject({ status: 'failed', error: { code: 'timeout' } });
});

test('input that no version of the handler understands fails the job, not the worker', async () => {
  const declaration = declare(async () => ({}), { attempts: 1 });
  const { jobId } = await enqueue(declaration);
  await change(jobId, { input: { key: 5 } });
  await execute(jobId);
  expect(await read(jobId)).toMatchObject({ status: 'failed' });
  const { jobId: unknown } = await enqueue(declaration);
  await change(unknown, { type: 'gone-job' });
  await execute(unknown);
  expect(await read(unknown)).toMatchObject({ status: 'failed', error: { code: 'unknown_job' } });
});
