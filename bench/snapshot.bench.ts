import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { takeSnapshot } from '@/lib/features/history/snapshots/operations';
import type { Scope } from '../scripts/command.ts';
import { step } from '../scripts/progress.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { type BenchTenant, newBenchTenant } from './house/database.ts';
import { call, openHouse } from './house/in-process.ts';
import { workOff } from './house/job.ts';
import { edit, fetchAllPages, fill, type Instance, startInstance } from './house/n8n.ts';
import { costOf, median } from './house/timing.ts';

const WORKFLOWS = 1_000;
const EDITED = 10;
const ROUNDS = 5;
const NS_PER_MS = 1e6;

type Taken = { commitSha: string; status: string };

async function take(tenant: BenchTenant, environmentId: string): Promise<Taken> {
  return workOff(tenant, (await call(tenant, takeSnapshot, { environmentId })).jobId);
}

/** Its manifest is a blob more; its trees are the root, environments/, the environment's and its workflows'. */
const EXPECTED: Record<string, number> = { blob: EDITED + 1, tree: 4, commit: 1 };

/** How many objects of each kind a commit brought. Throws unless they are exactly what changed. */
function objectsOf(tenant: BenchTenant, commitSha: string): Record<string, number> {
  const folder = join(process.env.DATA_DIR!, 'git', `${tenant.id}.git`);
  const git = (args: string[], input?: string) =>
    execFileSync('git', ['-C', folder, ...args], { input, encoding: 'utf8' });
  const listed = git(['rev-list', '--objects', '--no-object-names', commitSha, '--not', `${commitSha}^`]);
  const kinds = git(['cat-file', '--batch-check=%(objecttype)'], listed).trim().split('\n');
  const counts = Object.keys(EXPECTED).map((kind) => [kind, kinds.filter((one) => one === kind).length] as const);
  const wrong = counts.find(([kind, count]) => count !== EXPECTED[kind]);
  if (wrong)
    throw new Error(`The commit has ${wrong[1]} objects of kind ${wrong[0]} instead of ${EXPECTED[wrong[0]]}.`);
  return Object.fromEntries(counts);
}

/** Bare fetching stands before and after, so that a busy machine slows both sides of a comparison alike. */
async function playRound(instance: Instance, tenant: BenchTenant, environmentId: string) {
  const bare = () => costOf(() => fetchAllPages(instance, ['workflows']));
  await edit(instance, EDITED);
  const before = await bare();
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  let commitSha = '';
  const snapshot = await costOf(async () => {
    ({ commitSha } = await take(tenant, environmentId));
  });
  pauses.disable();
  const after = await bare();
  return {
    bare: (before.ms + after.ms) / 2,
    bareCpu: after.cpuMs,
    snapshot: snapshot.ms,
    cpu: snapshot.cpuMs,
    overBare: (2 * snapshot.ms) / (before.ms + after.ms),
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
  const { ms: first } = await costOf(() => take(tenant, id));
  // Unmeasured: what runs for the first time is compiled.
  await playRound(instance, tenant, id);
  const rounds: Awaited<ReturnType<typeof playRound>>[] = [];
  while (rounds.length < ROUNDS) rounds.push(await playRound(instance, tenant, id));
  const of = (key: 'bare' | 'bareCpu' | 'snapshot' | 'cpu' | 'overBare' | 'pause') => rounds.map((round) => round[key]);
  const most = (kind: string) => Math.max(...rounds.map(({ objects }) => objects[kind]!));
  return [
    { name: 'bare fetching of the workflows', value: median(of('bare')), unit: 'ms' },
    { name: 'first snapshot, inventory included', value: first, unit: 'ms' },
    { name: `snapshot with ${EDITED} edited`, value: median(of('snapshot')), unit: 'ms' },
    { name: 'snapshot over bare', value: median(of('overBare')), unit: '×', goal: 1.3 },
    { name: 'CPU of bare fetching', value: median(of('bareCpu')), unit: 'ms' },
    { name: 'CPU of a snapshot, git apart', value: median(of('cpu')), unit: 'ms' },
    { name: 'blobs of a snapshot', value: most('blob'), unit: 'objects', goal: EXPECTED.blob },
    { name: 'trees of a snapshot', value: most('tree'), unit: 'objects', goal: EXPECTED.tree },
    { name: 'commits of a snapshot', value: most('commit'), unit: 'objects', goal: EXPECTED.commit },
    { name: 'longest pause of the event loop', value: median(of('pause')), unit: 'ms', goal: 100 },
  ];
}

export default {
  title: `keeping all of a real n8n with ${WORKFLOWS.toLocaleString('en')} workflows, ${EDITED} of them edited, against fetching its pages`,
  run,
} satisfies Benchmark;
