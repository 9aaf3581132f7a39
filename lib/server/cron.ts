import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { AppError, unauthenticated } from '@/lib/core/errors';
import { env } from '@/lib/env';
import type { ScheduledJob } from '@/lib/kernel/jobs/job';
import { drainJobs, runTick } from '@/lib/kernel/jobs/tick';
import { json, problem } from './respond';
import { kernel } from './runtime';

/** What one cron request may spend on the jobs it finds, ms. */
const BUDGET_MS = 45_000;

export type CronDoor = ((request: Request) => Promise<Response>) & { tick: ScheduledJob };

/** Binds a scheduled job to a cron request: checks the secret, selects due work, and works it off within the budget. */
export function cron(tick: ScheduledJob): { GET: CronDoor } {
  const handler = async (request: Request): Promise<Response> => {
    const requestId = randomUUID();
    try {
      assertCronSecret(request.headers.get('authorization'));
      await runTick(kernel(), tick.name, request.signal);
      const worked = env().serverless ? await drainJobs(kernel(), BUDGET_MS) : 0;
      return json(200, { tick: tick.name, jobsDone: worked }, requestId);
    } catch (error) {
      if (!(error instanceof AppError)) kernel().log.error({ error, requestId, tick: tick.name }, 'tick failed');
      return problem(error, requestId, new URL(request.url).pathname);
    }
  };
  return { GET: Object.assign(handler, { tick }) };
}

function assertCronSecret(authorization: string | null): void {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${env().CRON_SECRET}`))) return;
  throw unauthenticated('This needs the cron secret.', 'cron_secret_rejected');
}
