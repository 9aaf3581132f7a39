import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createVault } from '@/lib/adapters/vault';
import { openDatabase } from '@/lib/kernel/db/database';
import { startWorker } from '@/lib/kernel/jobs/worker';
import { createLogger } from '@/lib/kernel/logger';
import { createOutboxFeed } from '@/lib/kernel/outbox-feed';
import { createRateLimiter } from '@/lib/kernel/rate-limiter';
import type { Ports } from '@/lib/ports/ports';
import { carryingJob } from './carrying-job';
import { countingJob } from './counting-job';

/** A worker with jobs of its own, in a process that can be killed: `node worker-main.mjs <database url>`. */
const url = process.argv[2]!;
const database = openDatabase(url, { poolSize: 6 });
const log = createLogger('info');
const provider = n8nProvider({ egress: createEgress({ mode: 'private' }) });
const vault = createVault([Buffer.from(process.env.MASTER_KEY!, 'base64')]);
await startWorker(
  {
    database,
    log,
    ports: { vault, providers: new Map([['n8n', provider]]) } as unknown as Ports,
    rateLimiter: createRateLimiter(database, log),
    feed: createOutboxFeed(database, log),
    jobs: [countingJob, carryingJob],
    wakeWorker: () => {},
  },
  url,
);
process.stdout.write('ready\n');
