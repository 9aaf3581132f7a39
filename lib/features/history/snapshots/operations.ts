import { ById } from '@/lib/core/schema';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import { operation } from '@/lib/kernel/operation';
import { snapshotArchive } from './archive';
import { compareMoments } from './comparing';
import { compareOneWorkflow } from './comparing-one';
import { getSnapshotDetail, getSnapshotWorkflowDetail } from './detail';
import { ONE_AT_A_TIME, snapshotTake } from './jobs';
import {
  CompareSnapshots,
  CompareSnapshotWorkflow,
  GetSnapshotWorkflow,
  ListSnapshots,
  SnapshotArchive,
  SnapshotComparison,
  SnapshotDetail,
  SnapshotPage,
  SnapshotWorkflowDetail,
  TakeSnapshot,
  WorkflowComparison,
} from './schema';
import { listSnapshotRows } from './store';

const read = { status: 200, permission: 'snapshot:read', feature: 'snapshots_enabled', effect: 'read' } as const;

export const listSnapshots = operation({
  ...read,
  name: 'snapshot.list',
  summary: 'List snapshots, of an environment, of a kind, or those that changed a workflow',
  input: ListSnapshots,
  output: SnapshotPage,
  run: (ctx, query) => ctx.tx((db) => listSnapshotRows(db, query)),
});

export const getSnapshot = operation({
  ...read,
  name: 'snapshot.get',
  summary: 'Get a snapshot with its workflows',
  input: ById,
  output: SnapshotDetail,
  run: (ctx, { id }) => getSnapshotDetail(ctx, id),
});

export const getSnapshotWorkflow = operation({
  ...read,
  name: 'snapshot.getWorkflow',
  summary: 'Get one workflow as it was in a snapshot',
  input: GetSnapshotWorkflow,
  output: SnapshotWorkflowDetail,
  run: (ctx, { id, file }) => getSnapshotWorkflowDetail(ctx, id, file),
});

export const compareSnapshots = operation({
  ...read,
  name: 'snapshot.compare',
  summary: 'Compare any two moments: snapshots, what is approved, or what was last seen',
  input: CompareSnapshots,
  output: SnapshotComparison,
  rateClass: 'expensive',
  run: (ctx, input) => compareMoments(ctx, input),
});

export const compareSnapshotWorkflow = operation({
  ...read,
  name: 'snapshot.compareWorkflow',
  summary: 'One workflow at two moments, both versions whole',
  input: CompareSnapshotWorkflow,
  output: WorkflowComparison,
  rateClass: 'expensive',
  run: (ctx, input) => compareOneWorkflow(ctx, input),
});

export const downloadSnapshot = operation({
  ...read,
  name: 'snapshot.download',
  summary: 'Download a snapshot as a ZIP of JSON files',
  input: ById,
  output: SnapshotArchive,
  feature: 'snapshots_export',
  rateClass: 'expensive',
  run: (ctx, { id }) => snapshotArchive(ctx, id),
});

export const takeSnapshot = operation({
  name: 'snapshot.take',
  summary: 'Keep all of what an environment has now',
  description: `Reads the instance afresh. Approves nothing. ${ONE_AT_A_TIME}`,
  input: TakeSnapshot,
  output: JobReceipt,
  status: 202,
  permission: 'snapshot:write',
  feature: 'snapshots_enabled',
  effect: 'write',
  audit: 'snapshot.requested',
  run: (ctx, input) =>
    ctx.tx(async (db) => {
      const { environmentId } = input;
      const environment = await getEnvironmentRow(db, environmentId, 'environmentId');
      assertAllowed(ctx.principal, environment, 'snapshot');
      const receipt = await db.enqueue(snapshotTake, input, { environmentId });
      db.audit({ target: { type: 'environment', id: environmentId, label: environment.name }, details: receipt });
      return receipt;
    }),
});
