import { randomUUID } from 'node:crypto';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createVault } from '@/lib/adapters/vault';
import { AppError } from '@/lib/core/errors';
import { executeRun } from '@/lib/features/change/journal/execute-run';
import { JOURNAL_OPTIONS } from '@/lib/features/change/journal/options';
import { openDatabase } from '@/lib/kernel/db/database';
import { tenantTransaction } from '@/lib/kernel/tenant-transaction';
import type { Ports } from '@/lib/ports/ports';
import { type Fate, fated } from './fate';

type Order = { databaseUrl: string; tenantId: string; runId: string; leaseMs: number; fate?: Fate };

/**
 * Executes a run in a process of its own and prints how it ended, or why it did not; or meets its fate:
 * `node journal-main.mjs <order as JSON>`.
 */
const { databaseUrl, tenantId, runId, leaseMs, fate } = JSON.parse(process.argv[2]!) as Order;
const database = openDatabase(databaseUrl, { poolSize: 4 });
const provider = n8nProvider({ egress: createEgress({ mode: 'private' }) });
const vault = createVault([Buffer.from(process.env.MASTER_KEY!, 'base64')]);
const jobId = randomUUID();
const scope = {
  ...{ database, tenantId },
  author: { actor: { type: 'system' as const, id: null, label: 'chaos' }, requestId: jobId },
};

const said = await executeRun(
  {
    jobId,
    ports: { vault, providers: new Map([['n8n', provider]]) } as unknown as Ports,
    signal: new AbortController().signal,
    tx: (work, options) => tenantTransaction(scope, work, options),
  },
  runId,
  { ...JOURNAL_OPTIONS, leaseMs, probeMs: 20_000, ...(fate ? { interruption: fated(fate) } : {}) },
).then(
  ({ status, problems }) => ({ status, problems }),
  (error: unknown) => {
    if (error instanceof AppError) return { code: error.code };
    throw error;
  },
);
process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(0));
