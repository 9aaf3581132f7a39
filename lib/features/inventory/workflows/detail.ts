import { listPhases } from '@/lib/features/connections/environments/freshness';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { analyseWorkflow } from '@/lib/workflow/analysis/analyse';
import { summaryOf } from '@/lib/workflow/analysis/summary';
import type { Workflow as Read } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { workflowCalls } from '@/lib/workflow/references/calls';
import { toWorkflowJson } from './observe';
import type { WorkflowAnalysis, WorkflowDetail } from './schema';
import { getBody, getWorkflowRow, toWorkflow, type WorkflowRow } from './store';

/** Everything one page about a workflow needs, from the cache alone. */
export async function getDetail(db: TenantDb, id: string): Promise<WorkflowDetail> {
  const row = await getWorkflowRow(db, id);
  const { draft, published } = await getBody(db, id);
  const { baseUrl } = await getEnvironmentRow(db, row.environmentId);
  const { workflow } = readWorkflow(
    toWorkflowJson(draft, { ...row, id: row.n8nId, versionId: row.n8nVersionId }, published),
  );
  return {
    ...toWorkflow(row),
    openUrl: `${baseUrl}/workflow/${encodeURIComponent(row.n8nId)}`,
    draft: draft as WorkflowDetail['draft'],
    published: published as WorkflowDetail['published'],
    digests: {
      logic: row.logicDigest,
      layout: row.layoutDigest,
      settings: row.settingsDigest,
      shape: row.shapeDigest,
      published: row.publishedDigest,
    },
    problems: row.problems as WorkflowDetail['problems'],
    analysis: workflow && toAnalysis(workflow),
    calls: workflow ? await resolveCalls(db, row, workflow) : [],
    credentials: await credentialsOf(db, id),
    phases: await listPhases(db, row.environmentId),
  };
}

function toAnalysis(workflow: Read): WorkflowAnalysis {
  const analysis = analyseWorkflow(workflow);
  return { summary: summaryOf(analysis), ...analysis } as unknown as WorkflowAnalysis;
}

/** What it names, with our ids where the same environment has it. */
async function resolveCalls(db: TenantDb, row: WorkflowRow, workflow: Read): Promise<WorkflowDetail['calls']> {
  const calls = workflowCalls(workflow).filter(({ self }) => !self);
  const ids = calls.flatMap(({ id }) => (id ? [id] : []));
  const where = { environmentId: row.environmentId, n8nId: { in: ids } };
  const known = await db.workflow.findMany({ where, select: { id: true, n8nId: true, name: true } });
  return calls.map(({ role, node, id, name }) => {
    const target = known.find(({ n8nId }) => n8nId === id);
    const told = target?.name ?? name ?? null;
    return { role, nodeName: node?.name ?? null, n8nId: id ?? null, workflowId: target?.id ?? null, name: told };
  });
}

async function credentialsOf(db: TenantDb, workflowId: string): Promise<WorkflowDetail['credentials']> {
  const uses = await db.credentialUse.findMany({
    where: { workflowId },
    include: { credential: { select: { id: true, n8nId: true, name: true, type: true, presence: true } } },
    orderBy: { nodeName: 'asc' },
  });
  const byCredential = Map.groupBy(uses, ({ credentialId }) => credentialId);
  return [...byCredential.values()]
    .map((those) => ({ ...those[0]!.credential, nodes: those.map(({ nodeName }) => nodeName) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
