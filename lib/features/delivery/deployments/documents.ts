import { notFound } from '@/lib/core/errors';
import { getPlan } from '@/lib/features/change/change-plans/service';
import { readRemote, toWorkflowJson } from '@/lib/features/inventory/workflows/observe';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import type { DeployedDocuments } from './schema';
import { getDeploymentRow } from './store';

/** One workflow of a deployment as it stood in the target, and as the plan makes it. Throws `not_found`. */
export async function readDocuments(db: TenantDb, deploymentId: string, key: string): Promise<DeployedDocuments> {
  const { planId } = await getDeploymentRow(db, deploymentId);
  const row = await db.deploymentWorkflow.findFirst({ where: { deploymentId, key } });
  if (!row) throw notFound('workflow of this deployment');
  const { workflows } = await getPlan(db, planId);
  const desired = workflows.find((one) => one.key === key)?.desired;
  const before = row.before && readRemote(row.before as unknown as RemoteWorkflow).workflow;
  const state = { id: row.n8nId ?? '', versionId: null, archived: false };
  return {
    ...{ key, name: row.name },
    before: before ? (writeWorkflow(before) as DeployedDocuments['before']) : null,
    after: desired
      ? (toWorkflowJson(desired.document, { ...state, ...desired }, null) as unknown as DeployedDocuments['after'])
      : null,
  };
}
