import { lineageLink, linkingDue } from '@/lib/features/change/lineages/jobs';
import { driftCheck, driftDue } from '@/lib/features/drift/drift-detection/jobs';
import { incidentEscalate } from '@/lib/features/drift/incidents/jobs';
import { incidentResolve } from '@/lib/features/drift/reconciliation/jobs';
import { restoreRun } from '@/lib/features/history/restore/jobs';
import { approvedAdopt, approvedRefresh, approvedSave, snapshotTake } from '@/lib/features/history/snapshots/jobs';
import { pruneSessions } from '@/lib/features/identity/sessions/jobs';
import { purgeTenants } from '@/lib/features/identity/tenants/jobs';
import { environmentSync, syncDue } from '@/lib/features/inventory/sync/jobs';
import type { AnyJob } from '@/lib/kernel/jobs/job';

/** Every job by name: the one list that a newcomer must add to. A test fails when a declared job is missing. */
export const JOBS: readonly AnyJob[] = [
  pruneSessions,
  purgeTenants,
  environmentSync,
  syncDue,
  lineageLink,
  linkingDue,
  snapshotTake,
  approvedSave,
  approvedAdopt,
  approvedRefresh,
  restoreRun,
  driftCheck,
  driftDue,
  incidentEscalate,
  incidentResolve,
];
