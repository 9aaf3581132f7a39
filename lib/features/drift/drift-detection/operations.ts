import { ById } from '@/lib/core/schema';
import { readApprovedWorkflows, storeContext } from '@/lib/features/change/approved-state/service';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { getWorkflowRow } from '@/lib/features/inventory/workflows/store';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import { operation } from '@/lib/kernel/operation';
import { canonicalDocument } from '@/lib/workflow/canonical/document';
import { driftCheck } from './jobs';
import { GetWorkflowDrift, WorkflowDrift } from './schema';
import { readWorkflowDrift } from './store';

export const checkDrift = operation({
  name: 'environment.checkDrift',
  summary: 'Compare what runs in an environment with what is approved',
  description: 'One at a time in an environment: while one runs, its job is the answer.',
  input: ById,
  output: JobReceipt,
  status: 202,
  permission: 'drift:check',
  feature: 'environment_diff',
  effect: 'write',
  audit: 'environment.drift-check-requested',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const row = await getEnvironmentRow(db, id);
      assertAllowed(ctx.principal, row, 'driftCheck');
      const input = { environmentId: id, trigger: 'request' as const };
      const receipt = await db.enqueue(driftCheck, input, { environmentId: id });
      db.audit({ target: { type: 'environment', id, label: row.name }, details: receipt });
      return receipt;
    }),
});

export const getWorkflowDrift = operation({
  name: 'workflow.drift',
  summary: 'How a workflow differs from what is approved, by the newest check',
  input: GetWorkflowDrift,
  output: WorkflowDrift,
  status: 200,
  permission: 'workflow:read',
  feature: 'workflow_dirty_check',
  effect: 'read',
  async run(ctx, { id }) {
    const drift = await ctx.tx(async (db) => readWorkflowDrift(db, await getWorkflowRow(db, id)));
    if (!drift.approved) return { ...drift, approvedDocument: null };
    const { lineageId } = drift.approved;
    const approved = await readApprovedWorkflows(storeContext(ctx), drift.environmentId, [lineageId]);
    const workflow = approved.get(lineageId);
    return {
      ...drift,
      approvedDocument: workflow ? (canonicalDocument(workflow) as WorkflowDrift['approvedDocument']) : null,
    };
  },
});
