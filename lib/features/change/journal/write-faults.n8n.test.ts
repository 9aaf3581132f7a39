import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { type Fault, type FaultProxy, type Rule, startFaultProxy } from '@/lib/testing/fault-proxy';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { sample } from '@/lib/testing/sample';
import { isInState } from '../change-plans/target';
import { connectEnvironment, type Place, prepareRun, runIn } from './journal.fixture';
import { type FaultCell, type FaultyWrite, planWith, readFaultCells } from './write-faults.fixture';

const egress = createEgress({ mode: 'private' }, { caps: { headersMs: 4_000, bodyMs: 8_000 } });
const kind = n8nProvider({ egress });
const kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

/** Cells that `npm test` picks for each version. */
const SAMPLED = 5;

/** Below `/api/v1`; ID is the workflow's. */
const PATHS: Record<FaultyWrite, [method: string, rest: string]> = {
  create: ['POST', '/workflows$'],
  update: ['PUT', '/workflows/ID(\\?.*)?$'],
  tags: ['PUT', '/workflows/ID/tags$'],
  tag: ['POST', '/tags$'],
  publish: ['POST', '/workflows/ID/(publish|activate)$'],
  unpublish: ['POST', '/workflows/ID/(unpublish|deactivate)$'],
  archive: ['POST', '/workflows/ID/archive$'],
};

const says = (status: number, headers?: Record<string, string>) => ({
  ...{ status, body: '{"message":"Scripted."}' },
  ...(headers ? { headers } : {}),
});

/** What the adapter makes of an answer is its own affair; how the run ends is the table's. */
const HTTP: Record<string, { fault: Fault; times?: number }> = {
  '429-once': { fault: { kind: 'reply', reply: says(429) }, times: 1 },
  '429-always': { fault: { kind: 'reply', reply: says(429, { 'retry-after': '3600' }) } },
  '500-before': { fault: { kind: 'reply', reply: says(500) }, times: 1 },
  '500-always': { fault: { kind: 'reply', reply: says(500) } },
  '500-after': { fault: { kind: 'replace', reply: says(500) }, times: 1 },
  'reset-before': { fault: { kind: 'reset', when: 'before' }, times: 1 },
  'reset-after': { fault: { kind: 'reset', when: 'after' }, times: 1 },
  hang: { fault: { kind: 'hang' }, times: 1 },
  '403': { fault: { kind: 'reply', reply: says(403) }, times: 1 },
  '403-done': { fault: { kind: 'replace', reply: says(403) }, times: 1 },
};

describe.each(['1.x', '2.x'] as const)('in front of a real n8n %s', (line) => {
  let place: Place;
  let proxy: FaultProxy;
  let direct: WorkflowProvider;
  beforeAll(async () => {
    const { baseUrl, apiKey } = inject('n8n')[line];
    proxy = await startFaultProxy(baseUrl);
    const connection = { baseUrl: proxy.url, apiKey };
    const tenant = await newTenant(kernel);
    const environmentId = await connectEnvironment(kernel, tenant, connection);
    place = { kernel, tenantId: tenant.id, environmentId, provider: kind.connect(connection) };
    direct = kind.connect({ baseUrl, apiKey });
    await direct.createTag('x').catch(() => undefined);
  });
  afterAll(() => proxy.stop());

  const ruleOf = ({ name, write }: FaultCell, id: string | null): Rule => {
    const [method, rest] = PATHS[write];
    const path = new RegExp(`^/api/v1${rest.replace('ID', id ?? '')}`);
    return { ...HTTP[name]!, matches: (sent, to) => sent === method && path.test(to) };
  };
  // 1.x cannot archive over its API.
  const cells = readFaultCells(0).filter(({ name, write }) => name in HTTP && (line !== '1.x' || write !== 'archive'));

  it.each(sample(cells, SAMPLED))(
    '$name at $write: $ends',
    async (cell) => {
      const { id, workflows } = await planWith(direct, cell.write, false);
      const runId = await prepareRun(place, workflows);
      proxy.script(ruleOf(cell, id));
      const quick = { leaseMs: 30_000, waitMs: 60_000, retryMs: [300, 300], probeMs: 20_000 };
      const { status, problems } = await runIn(place, runId, quick).finally(() => proxy.script());
      expect({ status, problems }).toMatchObject({ status: cell.ends });
      if (status === 'completed') return expect(problems).toEqual([]);
      for (const { n8nId, expected } of workflows)
        if (n8nId) expect(isInState(await direct.getWorkflow(n8nId), expected)).toBe(true);
    },
    120_000,
  );
});
