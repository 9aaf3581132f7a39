import { invalidField } from '@/lib/core/errors';
import { operation } from '@/lib/kernel/operation';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import * as decisions from './decisions';
import { getIdentified } from './identity-store';
import { DecideWithReason, LinkWorkflow, OfWorkflow, WorkflowIdentity } from './schema';

/** Changes where a workflow belongs and says so in the audit log, with the reason. */
async function recorded(db: TenantDb, change: Promise<WorkflowIdentity>, reason?: string): Promise<WorkflowIdentity> {
  const identity = await change;
  db.audit({
    target: { type: 'workflow', id: identity.workflowId, label: identity.name },
    details: { lineageId: identity.lineage?.id ?? null, ...(reason ? { reason } : {}) },
  });
  return identity;
}

export const linkWorkflow = operation({
  name: 'lineage.link',
  summary: 'Say which lineage a workflow belongs to',
  description:
    'By the lineage, or by a workflow of another environment that is the same one. A lineage has one workflow in each environment; a link to another lineage is replaced.',
  input: LinkWorkflow,
  output: WorkflowIdentity,
  status: 200,
  permission: 'lineage:write',
  effect: 'write',
  audit: 'lineage.workflow-linked',
  run: (ctx, { id: workflowId, lineageId, sameAsWorkflowId, reason }) =>
    ctx.tx(async (db) => {
      await getIdentified(db, workflowId);
      const decision = { workflowId, reason, actor: ctx.principal.actor };
      if (lineageId && !sameAsWorkflowId) {
        return recorded(db, decisions.linkToLineage(db, { ...decision, lineageId }), reason);
      }
      if (!sameAsWorkflowId || lineageId) {
        throw invalidField('lineageId', 'Name the lineage, or the workflow that this one is the same as.');
      }
      const pair = { ...decision, counterpartId: sameAsWorkflowId, method: 'explicit' as const };
      return recorded(db, decisions.linkPair(db, pair), reason);
    }),
});

type Leave = (
  db: TenantDb,
  decision: { workflowId: string; reason: string; actor: Actor },
) => Promise<WorkflowIdentity>;

const leaving = (name: string, summary: string, audit: string, leave: Leave) =>
  operation({
    name,
    summary,
    input: DecideWithReason,
    output: WorkflowIdentity,
    status: 200,
    permission: 'lineage:write',
    effect: 'write',
    audit,
    run: (ctx, { id: workflowId, reason }) =>
      ctx.tx((db) => recorded(db, leave(db, { workflowId, reason, actor: ctx.principal.actor }), reason)),
  });

export const unlinkWorkflow = leaving(
  'lineage.unlink',
  'Take a workflow out of its lineage, for good',
  'lineage.workflow-unlinked',
  decisions.unlinkWorkflow,
);
export const ignoreWorkflow = leaving(
  'lineage.ignore',
  'Keep a workflow out of lineages, suggestions and counts',
  'lineage.workflow-ignored',
  decisions.ignoreWorkflow,
);

export const unignoreWorkflow = operation({
  name: 'lineage.unignore',
  summary: 'No longer ignore a workflow',
  input: OfWorkflow,
  output: WorkflowIdentity,
  status: 200,
  permission: 'lineage:write',
  effect: 'write',
  audit: 'lineage.workflow-unignored',
  run: (ctx, { id }) => ctx.tx((db) => recorded(db, decisions.unignoreWorkflow(db, id))),
});
