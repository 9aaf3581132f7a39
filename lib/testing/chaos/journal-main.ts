import { randomUUID } from 'node:crypto';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createVault } from '@/lib/adapters/vault';
import { executeRun } from '@/lib/features/change/journal/execute-run';
import { type Interruption, JOURNAL_OPTIONS } from '@/lib/features/change/journal/options';
import { openDatabase } from '@/lib/kernel/db/database';
import { tenantTransaction } from '@/lib/kernel/tenant-transaction';
import type { Ports } from '@/lib/ports/ports';

/**
 * Executes a run in a process of its own and prints its outcome; or kills itself, for good, when it passes a point for
 * the given time: `node journal-main.mjs <database url> <tenant id> <run id> [<point> <nth>]`.
 */
const [url, tenantId, runId, deadly, nth] = process.argv.slice(2) as [string, string, string, string?, string?];
const database = openDatabase(url, { poolSize: 4 });
const provider = n8nProvider({ egress: createEgress({ mode: 'private' }) });
const vault = createVault([Buffer.from(process.env.MASTER_KEY!, 'base64')]);
const jobId = randomUUID();
const scope = {
  ...{ database, tenantId },
  author: { actor: { type: 'system' as const, id: null, label: 'chaos' }, requestId: jobId },
};

let passed = 0;
const interruption: Interruption = {
  isFrozen: () => false,
  async at(point) {
    if (point === deadly && ++passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
  },
};
const outcome = await executeRun(
  {
    jobId,
    ports: { vault, providers: new Map([['n8n', provider]]) } as unknown as Ports,
    signal: new AbortController().signal,
    tx: (work, options) => tenantTransaction(scope, work, options),
  },
  runId,
  { ...JOURNAL_OPTIONS, leaseMs: 3_000, retryMs: [0], probeMs: 100, interruption },
);
process.stdout.write(`${JSON.stringify({ status: outcome.status, problems: outcome.problems })}\n`);
await database.close();
process.exit(0);
