import { randomUUID } from 'node:crypto';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { checkDrift } from '@/lib/features/drift/drift-detection/operations';
import { adoptEnvironment } from '@/lib/features/history/snapshots/approved-operations';
import { executeJob } from '@/lib/kernel/jobs/execute-job';
import { kernel } from '@/lib/server/runtime';
import type { Scope } from '../scripts/command.ts';
import { step } from '../scripts/progress.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { type BenchTenant, newBenchTenant } from './house/database.ts';
import { call, openHouse } from './house/in-process.ts';
import { edit, fetchAllPages, fill, startInstance } from './house/n8n.ts';
import { median } from './house/timing.ts';

const WORKFLOWS = 1_000;
const EDITED = 10;
const ROUNDS = 7;

/** Works a job off; answers what it came to. */
async function work(tenant: BenchTenant, jobId: string): Promise<{ status: string; driftedCount: number }> {
  await executeJob(kernel(), { tenantId: tenant.id, jobId }, new AbortController().signal);
  const job = await kernel().database.asTenant(tenant.id, (db) =>
    db.backgroundJob.findUniqueOrThrow({ where: { id: jobId } }),
  );
  if (job.status !== 'completed') throw new Error(`The job ended as ${job.status}: ${JSON.stringify(job.error)}`);
  return job.result as { status: string; driftedCount: number };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function run(scope: Scope): Promise<Measurement[]> {
  const instance = await step('n8n', () => startInstance(scope));
  await step(`${WORKFLOWS} workflows`, () => fill(instance, WORKFLOWS));
  const tenant = await newBenchTenant(await openHouse(scope), { workflows: 0 });
  const { baseUrl, apiKey } = instance;
  const input = { name: `Bench ${randomUUID()}`, class: 'production', baseUrl, apiKey };
  const { id } = await call(tenant, createEnvironment, input);
  const adoption = await call(tenant, adoptEnvironment, { id });
  await step('approving what stands there', () => work(tenant, adoption.jobId));

  const check = async () => work(tenant, (await call(tenant, checkDrift, { id })).jobId);
  const expectDrift = async (count: number) => {
    const { driftedCount } = await check();
    if (driftedCount !== count) throw new Error(`The check found ${driftedCount} instead of ${count}.`);
  };
  const bare = () => timed(() => fetchAllPages(instance, ['workflows']));
  await expectDrift(0);
  const rounds: { bare: number; check: number; ratio: number }[] = [];
  // Bare fetching stands before and after, so that a busy machine slows both sides alike.
  for (let before = await bare(); rounds.length < ROUNDS; ) {
    const unchanged = await timed(() => expectDrift(0));
    const after = await bare();
    rounds.push({ bare: after, check: unchanged, ratio: (2 * unchanged) / (before + after) });
    before = after;
  }
  await edit(instance, EDITED);
  const found = await timed(() => expectDrift(EDITED));
  const all = (key: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[key]));
  return [
    { name: 'bare fetching', value: all('bare'), unit: 'ms' },
    { name: 'check that finds nothing', value: all('check'), unit: 'ms' },
    { name: 'check over bare', value: all('ratio'), unit: '×', goal: 1.25 },
    { name: `check that finds ${EDITED} edits`, value: found, unit: 'ms' },
  ];
}

export default {
  title: `checking ${WORKFLOWS.toLocaleString('en')} workflows of a real n8n for drift against fetching the pages of their list`,
  run,
} satisfies Benchmark;
