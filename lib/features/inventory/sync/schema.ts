import { z } from 'zod';
import { Id, Timestamp } from '@/lib/core/schema';
import { BackgroundJob } from '@/lib/features/service/background-jobs/schema';

/** In the order a full refresh takes them. */
export const SYNC_PHASES = ['workflows', 'credentials', 'tags', 'users', 'executions'] as const;
export type SyncPhaseName = (typeof SYNC_PHASES)[number];

/** How old one part of the inventory is. A failure never moves `okAt`: what was read then still stands. */
export const SyncPhase = z
  .object({
    phase: z.enum(SYNC_PHASES),
    okAt: Timestamp.nullable(),
    count: z.number().int().nullable(),
    failedAt: Timestamp.nullable(),
    problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'SyncPhase' });
export type SyncPhase = z.infer<typeof SyncPhase>;

/** The age of each part of an environment's inventory, and the refresh that runs or waits, if any. */
export const SyncState = z
  .object({ environmentId: Id, phases: z.array(SyncPhase), job: BackgroundJob.nullable() })
  .meta({ id: 'SyncState' });
