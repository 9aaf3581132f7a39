import type { Ports } from '@/lib/ports/ports';
import type { Database } from './db/database';
import type { AnyJob } from './jobs/job';
import type { Logger } from './logger';
import type { OutboxFeed } from './outbox-feed';
import type { RateLimiter } from './rate-limiter';

/** What the kernel needs to run operations and jobs. One a process; tests make their own. */
export type Kernel = {
  database: Database;
  ports: Ports;
  log: Logger;
  rateLimiter: RateLimiter;
  feed: OutboxFeed;
  jobs: readonly AnyJob[];
  /** Tells a worker in this process, if there is one, that a job waits. */
  wakeWorker: () => void;
};
