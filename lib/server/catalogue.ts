import { pruneSessions } from '@/lib/features/identity/sessions/jobs';
import { purgeTenants } from '@/lib/features/identity/tenants/jobs';
import { executionPruneDue, pruneExecutions } from '@/lib/features/inventory/executions/jobs';
import { environmentSync, syncDue } from '@/lib/features/inventory/sync/jobs';
import { pruneKernel } from '@/lib/features/service/background-jobs/jobs';
import type { AnyJob } from '@/lib/kernel/jobs/job';

/** Every job by name: the one list that a newcomer must add to. A test fails when a declared job is missing. */
export const JOBS: readonly AnyJob[] = [
  pruneSessions,
  purgeTenants,
  pruneKernel,
  pruneExecutions,
  executionPruneDue,
  environmentSync,
  syncDue,
];
