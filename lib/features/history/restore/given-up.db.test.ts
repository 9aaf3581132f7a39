import { afterAll, beforeEach, expect, test } from 'vitest';
import { manifestPath } from '@/lib/features/change/approved-state/model';
import { openRun, runStatusOf } from '@/lib/features/change/journal/service';
import { newEnvironment } from '@/lib/features/inventory/environment.fixture';
import { cancelBackgroundJob } from '@/lib/features/service/background-jobs/operations';
import { runTick } from '@/lib/kernel/jobs/tick';
import { closeHouse } from '@/lib/testing/house';
import { HistoryHouse, retimed } from '../history.fixture';
import { adoptEnvironment } from '../snapshots/approved-operations';
import { getRestore, planRestore } from './operations';

const house = new HistoryHouse();
let production: string;

beforeEach(async () => {
  await house.begin();
  production = await newEnvironment(house.kernel, house.tenant, 'Shop', 'production');
});
afterAll(() => closeHouse(house.kernel));

const admin = () => house.as('admin');
const writes = () => house.instance.calls.filter((method) => /^(create|update|archive|publish|unpublish)/.test(method));
const detail = async (id: string) => (await admin())(getRestore, { id });

/** Started, and not yet taken by a worker. */
async function start() {
  const orders = house.instance.add('Orders');
  await house.request(adoptEnvironment, { id: production });
  const snapshot = await house.take(production);
  house.instance.edit(orders.id, retimed('Orders'));
  const { id, jobId } = await (await admin())(planRestore, { id: snapshot.id, execute: true });
  return { id, jobId: jobId! };
}

/** The tick, and all that it led to. */
async function tick() {
  await runTick(house.kernel, 'restores-due', new AbortController().signal);
  const where = { type: { in: ['restore-due', 'restore-run'] }, status: 'pending' as const };
  const next = () => house.inTenant((db) => db.backgroundJob.findFirst({ where }));
  for (let job = await next(); job; job = await next()) await house.work(job.id);
}

test('a restore that was cancelled before it began is over, and says that nothing was written', async () => {
  const { id, jobId } = await start();
  await (await admin())(cancelBackgroundJob, { id: jobId });
  expect(await detail(id)).toMatchObject({ status: 'running', execute: { allowed: true } });
  await tick();
  expect(await detail(id)).toMatchObject({
    status: 'failed',
    outcome: { problems: [{ code: 'not_begun', detail: expect.stringContaining('Nothing was written.') }] },
    execute: { allowed: false },
  });
  expect(writes()).toEqual([]);
});

test('one that waits for its worker is let be', async () => {
  const { id } = await start();
  await runTick(house.kernel, 'restores-due', new AbortController().signal);
  expect(await house.inTenant((db) => db.backgroundJob.count({ where: { type: 'restore-due' } }))).toBe(0);
  expect(await detail(id)).toMatchObject({ status: 'running', execute: { allowed: false } });
});

test('an approved state that cannot be read stops it before it writes', async () => {
  const { id, jobId } = await start();
  await house.push([[manifestPath('shop'), 'broken']]);
  expect(await house.work(jobId)).toMatchObject({ status: 'failed', error: { code: 'manifest_unreadable' } });
  expect(writes()).toEqual([]);
  await tick();
  expect(await detail(id)).toMatchObject({
    status: 'failed',
    outcome: { problems: [{ code: 'not_begun', detail: expect.stringContaining('manifest') }] },
  });
});

test('one whose run never began is over: nobody writes hours later what was asked for now', async () => {
  const { id, jobId } = await start();
  const runId = await house.inTenant(async (db) => {
    const { planId } = await db.restore.findUniqueOrThrow({ where: { id } });
    const opened = await openRun(db, { planId: planId! });
    await db.restore.update({ where: { id }, data: { runId: opened } });
    await db.backgroundJob.delete({ where: { id: jobId } });
    return opened;
  });
  await tick();
  expect(await detail(id)).toMatchObject({ status: 'failed', outcome: { problems: [{ code: 'not_begun' }] } });
  expect(await house.inTenant((db) => runStatusOf(db, runId))).toBe('failed');
  expect(writes()).toEqual([]);
});

test('one that has written is carried to its end, as whoever started it', async () => {
  const { id, jobId } = await start();
  // It dies when the writes are done and nothing of it has been noted, and its job is gone with it.
  const update = house.instance.provider.updateWorkflow;
  house.instance.provider.updateWorkflow = async (...args) => {
    house.instance.provider.updateWorkflow = update;
    await update(...args);
    throw new Error('killed');
  };
  await house.work(jobId);
  await house.inTenant((db) => db.backgroundJob.delete({ where: { id: jobId } }));
  await house.inTenant((db) => db.environmentLease.updateMany({ data: { expiresAt: new Date() } }));
  expect(await detail(id)).toMatchObject({ status: 'running', execute: { allowed: true } });
  await tick();
  expect(await detail(id)).toMatchObject({ status: 'completed' });
  expect(writes()).toEqual(['updateWorkflow']);
  const [commit] = await house.store().log();
  expect(commit!.trailers).toMatchObject({ actor: `user:${house.tenant.people.admin.id}` });
});
