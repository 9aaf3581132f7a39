import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { syncEnvironment } from '@/lib/features/inventory/sync/operations';
import { executeJob } from '@/lib/kernel/jobs/execute-job';
import { kernel } from '@/lib/server/runtime';
import type { Scope } from '../scripts/command.ts';
import { step } from '../scripts/progress.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { type BenchTenant, newBenchTenant } from './house/database.ts';
import { call, openHouse } from './house/in-process.ts';
import { fetchAllPages, fill, type Instance, startInstance } from './house/n8n.ts';
import { median } from './house/timing.ts';

const WORKFLOWS = 1_000;
const ROUNDS = 5;
const EXTRA_REQUESTS = 5;
const MEMORY_GOAL_MB = 120;
const MB = 1024 * 1024;

async function connect(tenant: BenchTenant, { baseUrl, apiKey }: Instance): Promise<string> {
  const input = { name: `Bench ${randomUUID()}`, class: 'dev', baseUrl, apiKey };
  return (await call(tenant, createEnvironment, input)).id;
}

async function sync(tenant: BenchTenant, id: string): Promise<void> {
  const { jobId } = await call(tenant, syncEnvironment, { id });
  await executeJob(kernel(), { tenantId: tenant.id, jobId }, new AbortController().signal);
  const job = await kernel().database.asTenant(tenant.id, (db) =>
    db.backgroundJob.findUniqueOrThrow({ where: { id: jobId } }),
  );
  if (job.status !== 'completed') throw new Error(`The refresh ended as ${job.status}: ${JSON.stringify(job.error)}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How far memory rose above where it stood before, MB. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  collectGarbage();
  const before = process.memoryUsage().rss;
  let highest = before;
  const sampling = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
  }, 20);
  await work();
  clearInterval(sampling);
  return (highest - before) / MB;
}

/** Bare fetching stands before, between and after, so that a busy machine slows both sides of a comparison alike. */
async function playRound(instance: Instance, tenant: BenchTenant, countRequests: () => () => number) {
  const bare = () => timed(() => fetchAllPages(instance));
  const id = await connect(tenant, instance);
  const before = await bare();
  let cold = 0;
  const memory = await memoryOf(async () => {
    cold = await timed(() => sync(tenant, id));
  });
  const between = await bare();
  const counted = countRequests();
  const warm = await timed(() => sync(tenant, id));
  const requests = counted();
  const after = await bare();
  return {
    bare: median([before, between, after]),
    cold,
    warm,
    memory,
    requests,
    coldOverBare: (2 * cold) / (before + between),
    warmOverBare: (2 * warm) / (between + after),
  };
}

async function run(scope: Scope): Promise<Measurement[]> {
  const instance = await step('n8n', () => startInstance(scope));
  await step(`${WORKFLOWS} workflows`, () => fill(instance, WORKFLOWS));
  const tenant = await newBenchTenant(await openHouse(scope), { workflows: 0 });
  let made = 0;
  subscribe('undici:request:create', () => {
    made += 1;
  });
  const countRequests = () => {
    const before = made;
    return () => made - before;
  };
  const pages = await fetchAllPages(instance);
  const rounds: Awaited<ReturnType<typeof playRound>>[] = [];
  while (rounds.length < ROUNDS) rounds.push(await playRound(instance, tenant, countRequests));
  const all = (key: keyof (typeof rounds)[number]) => rounds.map((round) => round[key]);
  return [
    { name: `bare fetching of ${pages} pages`, value: median(all('bare')), unit: 'ms' },
    { name: 'cold refresh', value: median(all('cold')), unit: 'ms' },
    { name: 'warm refresh', value: median(all('warm')), unit: 'ms' },
    { name: 'cold over bare', value: median(all('coldOverBare')), unit: '×', goal: 1.5 },
    { name: 'warm over bare', value: median(all('warmOverBare')), unit: '×', goal: 1.2 },
    {
      name: 'requests of a refresh',
      value: Math.max(...all('requests')),
      unit: 'requests',
      goal: pages + EXTRA_REQUESTS,
    },
    { name: 'memory above idle', value: Math.max(...all('memory')), unit: 'MB', goal: MEMORY_GOAL_MB },
  ];
}

export default {
  title: `refreshing ${WORKFLOWS.toLocaleString('en')} workflows from a real n8n against fetching the pages of the same lists`,
  run,
} satisfies Benchmark;
