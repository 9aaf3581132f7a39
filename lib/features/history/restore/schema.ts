import { z } from 'zod';
import { ById, Flag, Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { PlanStep } from '@/lib/features/change/change-plans/schema';
import { Run, RunProblem } from '@/lib/features/change/journal/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { Reason } from '@/lib/features/inventory/workflows/schema';
import { SNAPSHOT_KINDS } from '../snapshots/model';
import { Possibility, SnapshotActor, SnapshotFile } from '../snapshots/schema';
import { RESTORE_STATUSES } from './model';

/** What is to be restored of a snapshot. */
const Selection = {
  /** Names of its files; default: the whole environment. */
  files: z.array(SnapshotFile).min(1).max(5_000).optional(),
  /** Whole environment only: archive what was first seen since the snapshot, unless it is ignored or unreadable. */
  removeOthers: Flag.default(false),
};

export const PlanRestore = z.strictObject({
  ...ById.shape,
  ...Selection,
  reason: Reason.optional(),
  /** Run the plan at once, unseen. */
  execute: z.boolean().default(false),
});
export const PreviewRestore = z.object({
  environment_id: Id,
  snapshotId: Id,
  file: SnapshotFile.optional(),
  removeOthers: Selection.removeOthers,
});
export const RollBackWorkflow = z.strictObject({
  /** The version to go back to. */
  snapshotId: Id,
  /** Ours. */
  workflowId: Id,
  reason: Reason.optional(),
  execute: z.boolean().default(false),
});
export const ExecuteRestore = z.strictObject({
  environment_id: Id,
  restoreId: Id,
  /** Of the plan that was looked at. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'A digest has 64 hex digits.')
    .optional(),
  reason: Reason.optional(),
});
export const ListVersions = listQuery(['createdAt'], '-createdAt').extend({ workflow_id: Id });
export const ListRestores = listQuery(['createdAt', 'status'], '-createdAt').extend({
  environmentId: Id.optional(),
  snapshotId: Id.optional(),
  status: z.enum(RESTORE_STATUSES).optional(),
});

/** What happens to one workflow. */
export const RestoreItem = z.object({
  key: z.string(),
  /** Null for one that is archived because the snapshot does not have it. */
  file: z.string().nullable(),
  lineageId: Id.nullable(),
  n8nId: z.string().nullable(),
  name: z.string(),
  action: z.enum(['create', 'update', 'archive']),
});
export type RestoreItem = z.infer<typeof RestoreItem>;

/** What one should know before, or must mend first. */
export const RestoreProblem = z.object({
  code: z.enum([
    'nothing_differs',
    'not_archived',
    'new_id',
    'credential_missing',
    'credential_unseen',
    'file_unreadable',
    'unpublished_draft',
    'draft_goes_live',
  ]),
  severity: z.enum(['blocking', 'warning']),
  name: z.string().nullable(),
  detail: z.string(),
  remedy: z.string().nullable(),
});
export type RestoreProblem = z.infer<typeof RestoreProblem>;

const PlanFace = z.object({ id: Id, digest: z.string(), steps: z.array(PlanStep) });
const SnapshotFace = z.object({
  id: Id,
  kind: z.enum(SNAPSHOT_KINDS),
  message: z.string(),
  commitSha: z.string(),
  createdAt: Timestamp,
});

/** What differs now from a snapshot, and the writes that would undo it. */
const Draft = {
  environment: EnvironmentRef,
  snapshot: SnapshotFace,
  workflows: z.array(RestoreItem),
  /** Workflows that are as in the snapshot already. */
  unchanged: z.number().int(),
  /** Workflows that the snapshot does not have, and that stay. */
  left: z.array(z.string()),
  problems: z.array(RestoreProblem),
};
export const RestorePreview = z
  .object({ ...Draft, plan: PlanFace.omit({ id: true }), restore: Possibility })
  .meta({ id: 'RestorePreview' });

const RestoreSummary = z.object({
  id: Id,
  environment: EnvironmentRef,
  snapshot: SnapshotFace,
  status: z.enum(RESTORE_STATUSES),
  reason: z.string().nullable(),
  actor: SnapshotActor,
  workflowCount: z.number().int(),
  jobId: Id.nullable(),
  /** What ran before, and what stands since. */
  preSnapshotId: Id.nullable(),
  postSnapshotId: Id.nullable(),
  version: z.number().int(),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
});
export type RestoreSummary = z.infer<typeof RestoreSummary>;
export const RestorePage = pageOf(RestoreSummary.meta({ id: 'RestoreSummary' }));

export const Restore = RestoreSummary.extend({
  ...Draft,
  plan: PlanFace,
  /** The plan's steps as they were made; null before. */
  run: Run.nullable(),
  /** Null before the end. */
  outcome: z
    .object({
      /** Written out in what was kept on the way, and in git since: where, never what. */
      secrets: z
        .array(z.object({ workflow: z.string(), node: z.string(), path: z.string(), message: z.string() }))
        .default([]),
      problems: z.array(RunProblem),
      workflows: z.array(
        z.object({
          key: z.string(),
          n8nId: z.string().nullable(),
          name: z.string(),
          verified: z.array(z.string()),
          unverified: z.array(z.string()),
        }),
      ),
    })
    .nullable(),
  /** Whether the caller may run it now. */
  execute: Possibility,
}).meta({ id: 'Restore' });
export type Restore = z.infer<typeof Restore>;

export const RestoreReceipt = z
  .object({ restoreId: Id, jobId: Id, alreadyRunning: z.boolean() })
  .meta({ id: 'RestoreReceipt' });
