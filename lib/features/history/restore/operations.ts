import { notFound } from '@/lib/core/errors';
import { ById } from '@/lib/core/schema';
import { toRef } from '@/lib/features/connections/environments/store';
import { operation } from '@/lib/kernel/operation';
import { possibilityOf } from '../snapshots/permission';
import { SnapshotPage } from '../snapshots/schema';
import { listSnapshotRows } from '../snapshots/store';
import { fileOfWorkflow } from './file-of-workflow';
import { draftRestore } from './planning';
import { executePlannedRestore, requestRestore, restoreDetail } from './requesting';
import {
  ExecuteRestore,
  ListRestores,
  ListVersions,
  PlanRestore,
  PreviewRestore,
  Restore,
  RestorePage,
  RestorePreview,
  RestoreReceipt,
  RollBackWorkflow,
} from './schema';
import { listRestoreRows, snapshotFace } from './store';

const read = { status: 200, permission: 'snapshot:read', feature: 'snapshots_enabled', effect: 'read' } as const;
const write = {
  permission: 'snapshot:write',
  feature: 'workflow_push',
  rateClass: 'expensive',
  effect: 'write',
} as const;

export const previewRestore = operation({
  ...read,
  name: 'restore.preview',
  asksInstance: true,
  summary: 'What restoring a snapshot would write, against what the instance has now',
  input: PreviewRestore,
  output: RestorePreview,
  permission: 'snapshot:write',
  rateClass: 'expensive',
  async run(ctx, { environment_id, snapshotId, file, removeOthers }) {
    const selection = { snapshotId, files: file ? [file] : undefined, removeOthers };
    const draft = await draftRestore(ctx, selection, { snapshot: 'snapshotId', file: () => 'file' });
    const { connected, plan, snapshot, ...found } = draft;
    const { environment } = connected;
    if (environment.id !== environment_id) throw notFound('snapshot of this environment', 'snapshotId');
    return {
      environment: toRef(environment),
      snapshot: snapshotFace(snapshot),
      ...found,
      plan: { digest: plan.digest, steps: plan.steps },
      restore: possibilityOf(ctx.principal, environment, 'restore'),
    };
  },
});

export const planRestore = operation({
  ...write,
  name: 'snapshot.restore',
  asksInstance: true,
  summary: 'Plan to bring back a snapshot, whole or some of its workflows; run it only when asked',
  description:
    'In production this takes an admin. The approved state of staging and production follows what is restored.',
  input: PlanRestore,
  output: Restore,
  status: 201,
  audit: 'restore.planned',
  run: (ctx, { id: snapshotId, ...request }) => requestRestore(ctx, { ...request, snapshotId }),
});

export const rollBackWorkflow = operation({
  ...write,
  name: 'restore.rollback',
  asksInstance: true,
  summary: 'Plan to take one workflow back to an earlier version; run it only when asked',
  input: RollBackWorkflow,
  output: Restore,
  status: 201,
  audit: 'restore.planned',
  async run(ctx, { workflowId, snapshotId, ...request }) {
    const file = await fileOfWorkflow(ctx, snapshotId, workflowId);
    return requestRestore(ctx, { ...request, snapshotId, files: [file], removeOthers: false });
  },
});

export const executeRestore = operation({
  ...write,
  name: 'restore.execute',
  summary: 'Run a planned restore',
  description: 'Once. Nothing is written when the instance is not what it was when the restore was planned.',
  input: ExecuteRestore,
  output: RestoreReceipt,
  status: 202,
  audit: 'restore.started',
  run: (ctx, { environment_id: environmentId, ...request }) =>
    executePlannedRestore(ctx, { ...request, environmentId }),
});

export const listWorkflowVersions = operation({
  ...read,
  name: 'restore.listVersions',
  summary: 'Snapshots that brought another version of a workflow, newest first',
  input: ListVersions,
  output: SnapshotPage,
  run: (ctx, { workflow_id: workflowId, ...query }) => ctx.tx((db) => listSnapshotRows(db, { ...query, workflowId })),
});

export const listRestores = operation({
  ...read,
  name: 'restore.list',
  summary: 'List restores, planned and done',
  input: ListRestores,
  output: RestorePage,
  run: (ctx, query) => ctx.tx((db) => listRestoreRows(db, query)),
});

export const getRestore = operation({
  ...read,
  name: 'restore.get',
  summary: 'Get a restore with its plan, and the steps of its run',
  input: ById,
  output: Restore,
  run: (ctx, { id }) => restoreDetail(ctx, id),
});
