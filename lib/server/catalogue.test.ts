import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AnyJob, ScheduledJob } from '@/lib/kernel/jobs/job';
import { everyHandler } from '@/lib/testing/doors';
import { JOBS } from './catalogue';

const ROOT = join(import.meta.dirname, '../..');
const FEATURES = join(ROOT, 'lib/features');

const isJob = (value: unknown): value is AnyJob =>
  typeof value === 'object' && value !== null && 'scope' in value && 'run' in value && 'name' in value;

/** Every job that a slice exports, listed or not. */
async function declaredJobs(): Promise<AnyJob[]> {
  const files = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' }).filter((name) => /\bjobs\.ts$/.test(name));
  const modules = await Promise.all(files.map((name) => import(join(FEATURES, name)) as Promise<object>));
  return modules.flatMap((module) => Object.values(module).filter(isJob));
}

const ticks = JOBS.filter((job): job is ScheduledJob => job.scope === 'platform');
const names = (jobs: readonly { name: string }[]) => jobs.map(({ name }) => name).sort();

test('every job that is declared is listed, once', async () => {
  expect(names(await declaredJobs())).toEqual(names(JOBS));
  expect(new Set(names(JOBS)).size).toBe(JOBS.length);
});

test('every scheduled job has a cron door, and every cron door a scheduled job', async () => {
  const doors = (await everyHandler()).filter(({ handle }) => handle.tick);
  expect(names(doors.map(({ handle }) => handle.tick!))).toEqual(names(ticks));
  for (const { path, handle } of doors) expect(path).toBe(`/cron/${handle.tick!.name}`);
});

test('vercel.json runs what is scheduled, when it is scheduled', () => {
  const { crons } = JSON.parse(readFileSync(join(ROOT, 'vercel.json'), 'utf8')) as {
    crons: { path: string; schedule: string }[];
  };
  const scheduled = ticks.map(({ name, schedule }) => ({ path: `/api/cron/${name}`, schedule }));
  const byPath = (a: { path: string }, b: { path: string }) => a.path.localeCompare(b.path);
  expect(crons.sort(byPath)).toEqual(scheduled.sort(byPath));
});

test('a job can end: it has a time limit and a number of attempts', () => {
  for (const job of JOBS) {
    if (job.scope === 'platform') continue;
    expect([job.name, job.timeout > 0 && job.timeout <= 6 * 3_600, job.attempts >= 1]).toEqual([job.name, true, true]);
  }
});
