import type { Scope } from '../scripts/command.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { type Server, startApplication, startBareNext } from './house/application.ts';
import { type BenchTenant, newBenchTenant } from './house/database.ts';
import { cpuMs } from './house/server-process.ts';
import { median, timed } from './house/timing.ts';

const ROUNDS = 5;
const REQUESTS = 400;
const WARM_UP = 300;

type Contender = { name: string; server: Server; ask: (tenant: BenchTenant, at: number) => Promise<Response> };

/** CPU of the server per request, ms, in turns, so that what else the machine does falls on all alike. */
async function compare(contenders: readonly Contender[], tenants: readonly BenchTenant[]) {
  const costs = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const tenant = tenants[round]!;
    for (const { name, server, ask } of contenders) {
      if (round === 0) await timed(WARM_UP, (at) => ask(tenants.at(-1)!, at));
      const before = cpuMs(server.pid);
      await timed(REQUESTS, (at) => ask(tenant, at));
      costs.set(name, [...(costs.get(name) ?? []), (cpuMs(server.pid) - before) / REQUESTS]);
    }
  }
  return (name: string) => median(costs.get(name)!);
}

async function run(scope: Scope): Promise<Measurement[]> {
  const application = await startApplication(scope);
  const bare = await startBareNext(application.databaseUrl, scope);
  // Each round has a tenant of its own: one may ask 3,000 times a minute.
  const tenants: BenchTenant[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    tenants.push(await newBenchTenant(application.databaseUrl, { workflows: 200 }));
  }
  const bearer = ({ apiKeys }: BenchTenant, at: number) => ({
    authorization: `Bearer ${apiKeys[at % apiKeys.length]}`,
  });
  const cost = await compare(
    [
      {
        name: 'ours',
        server: application,
        ask: (tenant, at) => fetch(`${application.origin}/api/v1/workflows`, { headers: bearer(tenant, at) }),
      },
      { name: 'plain', server: bare, ask: ({ id }) => fetch(`${bare.origin}/plain?tenant=${id}`) },
      { name: 'transaction', server: bare, ask: ({ id }) => fetch(`${bare.origin}/transaction?tenant=${id}`) },
    ],
    tenants,
  );
  return [
    { name: 'our list of 50, CPU', value: cost('ours'), unit: 'ms' },
    { name: 'bare handler, one plain query, CPU', value: cost('plain'), unit: 'ms' },
    { name: 'bare handler, same statements in a transaction, CPU', value: cost('transaction'), unit: 'ms' },
    { name: 'ours over one plain query', value: cost('ours') / cost('plain'), unit: '×', goal: 3 },
    { name: 'ours over the same statements', value: cost('ours') / cost('transaction'), unit: '×', goal: 1.5 },
  ];
}

export default { title: 'CPU of a list endpoint against a bare Next handler, per request', run } satisfies Benchmark;
