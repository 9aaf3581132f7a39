import type { Scope } from '../scripts/command.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { startApplication } from './house/application.ts';
import { newBenchTenant } from './house/database.ts';
import { percentile, timed } from './house/timing.ts';

const WORKFLOWS = 10_000;
const REQUESTS = 100;
const WARM_UP = 20;
const GOAL_MS = 50;

/** What people ask of a long list. */
const QUERIES: Record<string, string> = {
  'first page': '',
  'last page': 'page=200',
  'newest first': 'sort=-n8nUpdatedAt',
  'search, many hits': 'search=orders',
  'search, one hit': 'search=Oslo%209998',
  'search, no hit': 'search=nothing-like-this',
  'filter by environment, state and tag': 'environmentId=:environment&active=true&tag=shop',
  'search within a filter, by another column': 'environmentId=:environment&search=invoices&sort=-nodeCount',
};

async function run(scope: Scope): Promise<Measurement[]> {
  const { origin, databaseUrl } = await startApplication(scope);
  const { environments, apiKeys } = await newBenchTenant(databaseUrl, { workflows: WORKFLOWS });
  const measurements: Measurement[] = [];
  for (const [name, query] of Object.entries(QUERIES)) {
    const url = `${origin}/api/v1/workflows?${query.replace(':environment', environments[0]!)}`;
    const ask = (at: number) => fetch(url, { headers: { authorization: `Bearer ${apiKeys[at % apiKeys.length]}` } });
    await timed(WARM_UP, ask);
    const durations = await timed(REQUESTS, ask);
    measurements.push({ name: `${name}, p95`, value: percentile(durations, 0.95), unit: 'ms', goal: GOAL_MS });
  }
  return measurements;
}

export default {
  title: `an inventory of ${WORKFLOWS.toLocaleString('en')} workflows over HTTP, one request after the other`,
  run,
} satisfies Benchmark;
