import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { takeSnapshot } from '@/lib/features/history/snapshots/operations';
import { executeJob } from '@/lib/kernel/jobs/execute-job';
import { kernel } from '@/lib/server/runtime';
import type { Scope } from '../scripts/command.ts';
import { step } from '../scripts/progress.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { type BenchTenant, newBenchTenant } from './house/database.ts';
import { call, openHouse } from './house/in-process.ts';
import { edit, fetchAllPages, fill, type Instance, startInstance } from './house/n8n.ts';
import { median } from './house/timing.ts';

const WORKFLOWS = 1_000;
const EDITED = 10;
const ROUNDS = 5;
const NS_PER_MS = 1e6;

type Taken = { commitSha: string; status: string };

async function take(tenant: BenchTenant, environmentId: string): Promise<Taken> {
  const { jobId } = await call(tenant, takeSnapshot, { environmentId });
  await executeJob(kernel(), { tenantId: tenant.id, jobId }, new AbortController().signal);
  const job = await kernel().database.asTenant(tenant.id, (db) =>
    db.backgroundJob.findUniqueOrThrow({ where: { id: jobId } }),
  );
  if (job.status !== 'completed') throw new Error(`It ended as ${job.status}: ${JSON.stringify(job.error)}`);
  return job.result as Taken;
}

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, result: T]> {
  const started = performance.now();
  const result = await work();
  return [performance.now() - started, result];
}

/** How many objects of each kind a commit brought. */
function objectsOf(tenant: BenchTenant, commitSha: string): Record<string, number> {
  const folder = join(process.env.DATA_DIR!, 'git', `${tenant.id}.git`);
  const git = (args: string[], input?: string) =>
    execFileSync('git', ['-C', folder, ...args], { input, encoding: 'utf8' });
  const listed = git(['rev-list', '--objects', '--no-object-names', commitSha, '--not', `${commitSha}^`]);
  const kinds = git(['cat-file', '--batch-check=%(objecttype)'], listed).trim().split('\n');
  return Object.fromEntries(
    ['blob', 'tree', 'commit'].map((kind) => [kind, kinds.filter((one) => one === kind).length]),
  );
}

/** Bare fetching stands before and after, so that a busy machine slows both sides of a comparison alike. */
async function playRound(instance: Instance, tenant: BenchTenant, environmentId: string) {
  const bare = () => timed(() => fetchAllPages(instance, ['workflows']));
  await edit(instance, EDITED);
  const [before] = await bare();
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const [snapshot, { commitSha }] = await timed(() => take(tenant, environmentId));
  pauses.disable();
  const [after] = await bare();
  return {
    bare: (before + after) / 2,
    snapshot,
    overBare: (2 * snapshot) / (before + after),
    pause: pauses.max / NS_PER_MS,
    objects: objectsOf(tenant, commitSha),
  };
}

async function run(scope: Scope): Promise<Measurement[]> {
  const instance = await step('n8n', () => startInstance(scope));
  await step(`${WORKFLOWS} workflows`, () => fill(instance, WORKFLOWS));
  const tenant = await newBenchTenant(await openHouse(scope), { workflows: 0 });
  const { baseUrl, apiKey } = instance;
  const { id } = await call(tenant, createEnvironment, { name: 'Bench', class: 'production', baseUrl, apiKey });
  const [first] = await timed(() => take(tenant, id));
  const rounds: Awaited<ReturnType<typeof playRound>>[] = [];
  while (rounds.length < ROUNDS) rounds.push(await playRound(instance, tenant, id));
  const of = (key: 'bare' | 'snapshot' | 'overBare' | 'pause') => rounds.map((round) => round[key]);
  const most = (kind: string) => Math.max(...rounds.map(({ objects }) => objects[kind]!));
  return [
    { name: 'bare fetching of the workflows', value: median(of('bare')), unit: 'ms' },
    { name: 'first snapshot, inventory included', value: first, unit: 'ms' },
    { name: `snapshot with ${EDITED} edited`, value: median(of('snapshot')), unit: 'ms' },
    { name: 'snapshot over bare', value: median(of('overBare')), unit: '×', goal: 1.3 },
    // The manifest is one of them.
    { name: 'blobs of a snapshot', value: most('blob'), unit: 'objects', goal: EDITED + 1 },
    // The root, environments/, the environment's and its workflows'.
    { name: 'trees of a snapshot', value: most('tree'), unit: 'objects', goal: 4 },
    { name: 'commits of a snapshot', value: most('commit'), unit: 'objects', goal: 1 },
    { name: 'longest pause of the event loop', value: median(of('pause')), unit: 'ms', goal: 100 },
  ];
}

export default {
  title: `keeping all of a real n8n with ${WORKFLOWS.toLocaleString('en')} workflows, ${EDITED} of them edited, against fetching its pages`,
  run,
} satisfies Benchmark;
