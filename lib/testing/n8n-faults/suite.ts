import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEgress, type Egress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { webhookDocument } from '@/lib/ports/contract/subject';
import type { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { ProviderConnection, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { type FaultProxy, startFaultProxy } from '@/lib/testing/fault-proxy';
import { FAULT_CASES } from './cases';

const ROWS = 12;
const IMPATIENT = { attempts: 4, baseMs: 5, capMs: 20, retryAfterCapMs: 2_000 };

type TableRow = { name: string; verdict: string; least: number; most: number; missing: string };

/** The rows of the table in the documentation. */
export function readFaultTable(): TableRow[] {
  const text = readFileSync(new URL('../../../docs/n8n-faults.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((line) => {
    const [, name, , verdict, requests, missing] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    const [least, most = least] = requests!.split(' to ').map(Number);
    return { name: name!, verdict: verdict!, least: least!, most: most!, missing: missing! };
  });
}

/** Plays the whole table on one n8n, or on what stands for it. The n8n must be the test's own: its workflows come and go. */
export function describeFaults(name: string, connection: ProviderConnection): void {
  describe(`faults in front of ${name}`, () => {
    let proxy: FaultProxy;
    let egress: Egress;
    let direct: WorkflowProvider;

    beforeAll(async () => {
      proxy = await startFaultProxy(connection.baseUrl);
      egress = createEgress({ mode: 'private' }, { caps: { headersMs: 1_500, bodyMs: 2_000 } });
      direct = n8nProvider({ egress: createEgress({ mode: 'private' }) }).connect(connection);
      // Tests that ran on this instance before may have left many.
      await exactly(0, direct);
    }, 1_800_000);
    afterAll(async () => {
      await exactly(0, direct);
      await egress.close();
      await proxy.stop();
    });

    it('the table and the cases name each other', () => {
      expect(readFaultTable().map((row) => row.name)).toEqual(Object.keys(FAULT_CASES));
    });

    it.each(readFaultTable())(
      '$name: $verdict, missing: $missing',
      async (row) => {
        const known = await exactly(ROWS, direct);
        // Its own circuit: the case before must not have opened it.
        const spoiled = n8nProvider({ egress, patience: IMPATIENT }).connect({ ...connection, baseUrl: proxy.url });
        const came = await FAULT_CASES[row.name]!({ proxy, spoiled, direct, known, apiKey: connection.apiKey });
        expect(came.verdict).toBe(row.verdict);
        expect(came.requests).toBeGreaterThanOrEqual(row.least);
        expect(came.requests).toBeLessThanOrEqual(row.most);
        expect(came.missing).toEqual(came.expectedMissing);
        expect(came.missing.length > 0).toBe(row.missing !== 'nothing');
      },
      60_000,
    );
  });
}

async function rowsOf(provider: WorkflowProvider): Promise<RemoteWorkflow[]> {
  const rows: RemoteWorkflow[] = [];
  for await (const page of provider.listWorkflows()) rows.push(...page.items);
  return rows;
}

/** A busy n8n on SQLite answers 500 to a deletion now and then, which the adapter tells from one that was carried out. */
async function deletePatiently(provider: WorkflowProvider, id: string): Promise<void> {
  await provider.deleteWorkflow(id).catch((error: ProviderError) => {
    if (error.failure !== 'unavailable') throw error;
    return provider.deleteWorkflow(id);
  });
}

/** Makes the instance hold this many workflows, none of them published; their ids, in list order. */
async function exactly(count: number, provider: WorkflowProvider): Promise<string[]> {
  const before = await rowsOf(provider);
  const kept = before.filter(({ published }) => !published).slice(0, count);
  for (const row of before) if (!kept.includes(row)) await deletePatiently(provider, row.id);
  for (let n = kept.length; n < count; n++) await provider.createWorkflow(webhookDocument(`Row ${n}`));
  return (await rowsOf(provider)).map(({ id }) => id);
}
