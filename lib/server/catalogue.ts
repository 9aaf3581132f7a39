import { runsDue } from '@/lib/features/change/journal/jobs';
import { lineageLink, linkingDue } from '@/lib/features/change/lineages/jobs';
import { promotionDue, promotionsDue } from '@/lib/features/delivery/deployments/jobs';
import { deploymentRun } from '@/lib/features/delivery/deployments/run-jobs';
import { driftCheck, driftDue } from '@/lib/features/drift/drift-detection/jobs';
import { driftPrune, driftRetention } from '@/lib/features/drift/drift-reports/jobs';
import { incidentEscalate } from '@/lib/features/drift/incidents/jobs';
import { incidentNotify } from '@/lib/features/drift/incidents/notice-jobs';
import { incidentResolve } from '@/lib/features/drift/reconciliation/jobs';
import { restoreDue, restoresDue } from '@/lib/features/history/restore/jobs';
import { restoreRun } from '@/lib/features/history/restore/run-jobs';
import { approvedAdopt, approvedRefresh, approvedSave, snapshotTake } from '@/lib/features/history/snapshots/jobs';
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
  lineageLink,
  linkingDue,
  runsDue,
  snapshotTake,
  approvedSave,
  approvedAdopt,
  approvedRefresh,
  restoreRun,
  restoreDue,
  restoresDue,
  driftCheck,
  driftDue,
  driftPrune,
  driftRetention,
  incidentEscalate,
  incidentNotify,
  incidentResolve,
  deploymentRun,
  promotionDue,
  promotionsDue,
];
