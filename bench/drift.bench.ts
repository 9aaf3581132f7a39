import { randomUUID } from 'node:crypto';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { checkDrift } from '@/lib/features/drift/drift-detection/operations';
import { adoptEnvironment } from '@/lib/features/history/snapshots/approved-operations';
import type { Scope } from '../scripts/command.ts';
import { step } from '../scripts/progress.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { newBenchTenant } from './house/database.ts';
import { call, openHouse } from './house/in-process.ts';
import { workOff } from './house/job.ts';
import { edit, fetchAllPages, fill, startInstance } from './house/n8n.ts';
import { type Cost, costOf, median } from './house/timing.ts';

const WORKFLOWS = 1_000;
const EDITED = 10;
const ROUNDS = 7;

async function run(scope: Scope): Promise<Measurement[]> {
  const instance = await step('n8n', () => startInstance(scope));
  await step(`${WORKFLOWS} workflows`, () => fill(instance, WORKFLOWS));
  const tenant = await newBenchTenant(await openHouse(scope), { workflows: 0 });
  const { baseUrl, apiKey } = instance;
  const input = { name: `Bench ${randomUUID()}`, class: 'production', baseUrl, apiKey };
  const { id } = await call(tenant, createEnvironment, input);
  const adoption = await call(tenant, adoptEnvironment, { id });
  await step('approving what stands there', () => workOff(tenant, adoption.jobId));

  const expectDrift = async (count: number) => {
    const { jobId } = await call(tenant, checkDrift, { id });
    const { driftedCount } = await workOff<{ driftedCount: number }>(tenant, jobId);
    if (driftedCount !== count) throw new Error(`The check found ${driftedCount} instead of ${count}.`);
  };
  const bare = () => costOf(() => fetchAllPages(instance, ['workflows']));
  await expectDrift(0);
  const rounds: { bare: Cost; check: Cost; ratio: number }[] = [];
  // Bare fetching stands before and after, so that a busy machine slows both sides alike.
  for (let before = await bare(); rounds.length < ROUNDS; ) {
    const check = await costOf(() => expectDrift(0));
    const after = await bare();
    rounds.push({ bare: after, check, ratio: (2 * check.ms) / (before.ms + after.ms) });
    before = after;
  }
  await edit(instance, EDITED);
  const found = await costOf(() => expectDrift(EDITED));
  const middle = (key: 'bare' | 'check', of: keyof Cost) => median(rounds.map((round) => round[key][of]));
  return [
    { name: 'bare fetching', value: middle('bare', 'ms'), unit: 'ms' },
    { name: 'check that finds nothing', value: middle('check', 'ms'), unit: 'ms' },
    { name: 'check over bare', value: median(rounds.map(({ ratio }) => ratio)), unit: '×', goal: 1.25 },
    { name: 'CPU of bare fetching', value: middle('bare', 'cpuMs'), unit: 'ms' },
    { name: 'CPU of the check', value: middle('check', 'cpuMs'), unit: 'ms' },
    { name: `check that finds ${EDITED} edits`, value: found.ms, unit: 'ms' },
  ];
}

export default {
  title: `checking ${WORKFLOWS.toLocaleString('en')} workflows of a real n8n for drift against fetching the pages of their list`,
  run,
} satisfies Benchmark;
