import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { SyncPhase } from '@/lib/features/connections/environments/schema';
import { BackgroundJob } from '@/lib/features/service/background-jobs/schema';

/** The age of each part of an environment's inventory, and its newest refresh: it waits, runs, or tells how it ended. */
export const SyncState = z
  .object({ environmentId: Id, phases: z.array(SyncPhase), job: BackgroundJob.nullable() })
  .meta({ id: 'SyncState' });
