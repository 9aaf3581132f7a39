import { subscribe } from 'node:diagnostics_channel';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { executePromotion } from '@/lib/features/delivery/deployments/operations';
import { createPipeline } from '@/lib/features/delivery/pipelines/operations';
import { initiatePromotion } from '@/lib/features/delivery/promotions/operations';
import { syncEnvironment } from '@/lib/features/inventory/sync/operations';
import { kernel } from '@/lib/server/runtime';
import type { Scope } from '../scripts/command.ts';
import { step } from '../scripts/progress.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { type BenchTenant, newBenchTenant } from './house/database.ts';
import { call, openHouse } from './house/in-process.ts';
import { workOff } from './house/job.ts';
import { edit, fill, type Instance, listWorkflows, putAll, startInstance } from './house/n8n.ts';
import { costOf, median } from './house/timing.ts';

const WORKFLOWS = 50;
const ROUNDS = 5;
/** As many writes as a promotion has under way at once. */
const AT_ONCE = 1;

/** Works a deployment off, or a refresh. */
async function work(tenant: BenchTenant, jobId: string): Promise<void> {
  const result = await workOff<{ status?: string }>(tenant, jobId);
  if (result.status && result.status !== 'completed') throw new Error(`It ended as ${result.status}.`);
}

/** Two connected instances with a stage between them, and all workflows of the first in the second. */
async function openStage(tenant: BenchTenant, source: Instance, target: Instance) {
  const connect = async (name: string, { baseUrl, apiKey }: Instance) =>
    (await call(tenant, createEnvironment, { name, class: 'staging', baseUrl, apiKey })).id;
  const [sourceEnvironmentId, targetEnvironmentId] = [await connect('From', source), await connect('To', target)];
  const stage = { sourceEnvironmentId, targetEnvironmentId };
  const { id: pipelineId, stages } = await call(tenant, createPipeline, { name: 'Bench', stages: [stage] });
  for (const id of [sourceEnvironmentId, targetEnvironmentId])
    await work(tenant, (await call(tenant, syncEnvironment, { id })).jobId);
  const rows = await kernel().database.asTenant(tenant.id, (db) =>
    db.workflow.findMany({ where: { environmentId: sourceEnvironmentId }, select: { id: true } }),
  );
  const input = { pipelineId, stageId: stages[0]!.id, workflowIds: rows.map(({ id }) => id) };
  /** Plans, starts, and answers the job that then writes. */
  return async () => {
    const { id } = await call(tenant, initiatePromotion, input);
    return (await call(tenant, executePromotion, { id })).jobId;
  };
}

/** What was not written would cost nothing. */
async function expectPromoted(source: Instance, target: Instance): Promise<void> {
  const textsOf = (found: Awaited<ReturnType<typeof listWorkflows>>) =>
    found.map(({ name, nodes }) => `${name} ${nodes[0]!.parameters.jsCode}`);
  const there = new Set(textsOf(await listWorkflows(target, 2 * WORKFLOWS)));
  const missing = textsOf(await listWorkflows(source, WORKFLOWS)).filter((text) => !there.has(text));
  if (missing.length > 0) throw new Error(`${missing.length} of ${WORKFLOWS} were not promoted.`);
}

async function run(scope: Scope): Promise<Measurement[]> {
  const [source, target] = [
    await step('n8n to promote from', () => startInstance(scope)),
    await step('n8n to promote to', () => startInstance(scope)),
  ];
  await fill(source, WORKFLOWS);
  // Bare writes go to twins by another name, so that they touch nothing of what is promoted.
  await fill(target, WORKFLOWS);
  const twins = (await listWorkflows(target, WORKFLOWS)).map(({ id }) => id);
  const bare = async () => {
    const bodies = (await listWorkflows(source, WORKFLOWS)).map((one) => ({ ...one, name: `Twin of ${one.name}` }));
    return costOf(() => putAll(target, new Map(twins.map((id, at) => [id, bodies[at]!])), AT_ONCE));
  };
  await bare();
  const tenant = await newBenchTenant(await openHouse(scope), { workflows: 0 });
  const start = await openStage(tenant, source, target);
  await step('the first promotion, which makes them', async () => work(tenant, await start()));

  let requests = 0;
  subscribe('undici:request:create', () => {
    requests += 1;
  });
  const rounds: { bare: number; promotion: number; ratio: number; cpu: number; requests: number }[] = [];
  while (rounds.length < ROUNDS) {
    await edit(source, WORKFLOWS);
    const jobId = await start();
    // Bare writing stands before and after, so that a busy machine slows both sides alike.
    const before = await bare();
    requests = 0;
    const { ms: promotion, cpuMs: cpu } = await costOf(() => work(tenant, jobId));
    const made = requests;
    await expectPromoted(source, target);
    await edit(source, WORKFLOWS);
    const after = await bare();
    const both = before.ms + after.ms;
    rounds.push({ bare: both / 2, promotion, ratio: (2 * promotion) / both, cpu, requests: made });
  }
  const all = (key: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[key]));
  return [
    { name: `bare PUTs of ${WORKFLOWS} bodies, ${AT_ONCE} at once`, value: all('bare'), unit: 'ms' },
    { name: `promotion of ${WORKFLOWS} workflows`, value: all('promotion'), unit: 'ms' },
    { name: 'promotion over bare', value: all('ratio'), unit: '×', goal: 2.5 },
    { name: 'CPU of a promotion', value: all('cpu'), unit: 'ms' },
    { name: 'requests of a promotion', value: all('requests'), unit: 'requests' },
  ];
}

export default {
  title: `promoting ${WORKFLOWS} workflows between two real n8n, journal, read-back and approved state included, against bare PUTs of the same bodies`,
  run,
} satisfies Benchmark;
