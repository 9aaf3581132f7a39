import { openDatabase } from '@/lib/kernel/db/database';
import { startWorker } from '@/lib/kernel/jobs/worker';
import { createLogger } from '@/lib/kernel/logger';
import { createOutboxFeed } from '@/lib/kernel/outbox-feed';
import { createRateLimiter } from '@/lib/kernel/rate-limiter';
import type { Ports } from '@/lib/ports/ports';
import { countingJob } from './counting-job';

/** A worker with one job of its own, in a process that can be killed: `node worker-main.mjs <database url>`. */
const url = process.argv[2]!;
const database = openDatabase(url, { poolSize: 6 });
const log = createLogger('info');
await startWorker(
  {
    database,
    log,
    ports: {} as Ports,
    rateLimiter: createRateLimiter(database, log),
    feed: createOutboxFeed(database, log),
    jobs: [countingJob],
    wakeWorker: () => {},
  },
  url,
);
process.stdout.write('ready\n');
