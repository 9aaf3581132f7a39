import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { conflict } from '@/lib/core/errors';
import type { Transaction } from '../db/database';
import type { Actor } from '../principal';
import type { JobContext, PlatformJobContext } from './job-context';

/** Work that outlives a request, done for one tenant. Handlers are idempotent: it may be delivered more than once. */
export type JobDeclaration<Input> = {
  /** `noun-verb`. */
  name: string;
  scope: 'tenant';
  input: z.ZodType<Input>;
  /** At most one active job per key; whoever asks for the same meanwhile gets the first one's id. */
  singletonKey?: (input: Input) => string;
  /** Whether the active one does what is asked for now; else that is a `conflict`. Default: both were asked alike. */
  covers?: (active: Input, asked: Input) => boolean;
  /** Seconds one attempt may take. */
  timeout: number;
  /** Attempts in all, the first included. */
  attempts: number;
  /** Until when people may cancel it. Work that must not stand half done is carried to its end. Default `anytime`. */
  cancellation?: 'anytime' | 'until_started' | 'never';
  run: (ctx: JobContext, input: Input) => Promise<unknown>;
};

/** A tick: selects due work across tenants and enqueues it, nothing else. */
export type ScheduledJob = {
  name: string;
  scope: 'platform';
  /** Cron expression, UTC. `vercel.json` carries the same. */
  schedule: string;
  run: (ctx: PlatformJobContext) => Promise<unknown>;
};

// biome-ignore lint/suspicious/noExplicitAny: variance of the input schema
export type AnyJob = JobDeclaration<any> | ScheduledJob;

export const job = <Input>(declaration: Omit<JobDeclaration<Input>, 'scope'>): JobDeclaration<Input> => ({
  scope: 'tenant',
  ...declaration,
});
export const scheduledJob = (declaration: Omit<ScheduledJob, 'scope'>): ScheduledJob => ({
  scope: 'platform',
  ...declaration,
});

/** What was asked of a job, as its row holds it: enough to ask once more. */
export type JobRequest = {
  type: string;
  input: unknown;
  actor: Actor;
  environmentId: string | null;
  resource: { type: string; id: string } | null;
};

/** Where the job shows up for people: its environment and the thing it works on. */
export type EnqueueOptions = {
  environmentId?: string;
  resource?: { type: string; id: string };
  runAfter?: Date;
  /** For a tick, which nobody could answer: whatever is on its way will do, and the next tick looks again. */
  joinsAny?: boolean;
};
export type JobReceipt = { jobId: string; alreadyRunning: boolean };

/** What browsers hear of a job; by the environment they know what of theirs it concerns. */
export const jobEvent = (happened: 'created' | 'updated', jobId: string, environmentId: string | null = null) => ({
  type: `job.${happened}`,
  subject: jobId,
  payload: { environmentId },
});

/**
 * Inserts the row, or finds the active one under the same singleton key. Runs inside the caller's transaction. Throws
 * `another_running` when that one does something else: its receipt would promise what nobody does.
 */
export async function insertJob<Input>(
  db: Transaction,
  actor: Actor,
  declaration: JobDeclaration<Input>,
  input: Input,
  { environmentId, resource, runAfter, joinsAny }: EnqueueOptions = {},
): Promise<JobReceipt> {
  const parsed = declaration.input.parse(input);
  const singletonKey = declaration.singletonKey?.(parsed) ?? null;
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO background_jobs (id, type, singleton_key, environment_id, resource_type, resource_id, input, actor, run_after)
    VALUES (gen_random_uuid(), ${declaration.name}, ${singletonKey}, ${environmentId ?? null}::uuid,
            ${resource?.type ?? null}, ${resource?.id ?? null}, ${JSON.stringify(parsed)}::jsonb,
            ${JSON.stringify(actor)}::jsonb, ${runAfter ?? new Date()})
    ON CONFLICT (tenant_id, type, singleton_key) WHERE singleton_key IS NOT NULL AND status IN ('pending', 'running')
    DO NOTHING RETURNING id`;
  if (rows[0]) return { jobId: rows[0].id, alreadyRunning: false };
  const active = await db.backgroundJob.findFirstOrThrow({
    where: { type: declaration.name, singletonKey, status: { in: ['pending', 'running'] } },
    select: { id: true, input: true },
  });
  const covers = declaration.covers ?? isDeepStrictEqual;
  if (!joinsAny && !covers(active.input as Input, asStored(parsed))) {
    throw conflict(
      `Another one is on its way that was asked for differently (job ${active.id}). Ask again when it has ended.`,
      'another_running',
    );
  }
  return { jobId: active.id, alreadyRunning: true };
}

/** As its row would hold it: what is not given has no key. */
const asStored = <Input>(input: Input): Input => JSON.parse(JSON.stringify(input));
