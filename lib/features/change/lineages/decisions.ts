import { conflict, invalidField } from '@/lib/core/errors';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { getIdentified, type IdentifiedRow, toIdentity } from './identity-store';
import type { LinkMethod } from './model';
import type { WorkflowIdentity } from './schema';
import { ensureLineages, linkWorkflow } from './service';
import { getLineageRow, holdLinks } from './store';

type Decision = { workflowId: string; reason?: string; actor: Actor };

/** Takes a workflow out of its lineage; it stays out until a person links it, or something saves it as its own. */
export async function unlinkWorkflow(db: TenantDb, { workflowId, reason, actor }: Decision): Promise<WorkflowIdentity> {
  await holdLinks(db);
  const row = await getIdentified(db, workflowId);
  if (row.link?.status !== 'linked') throw conflict(`${row.name} is not linked.`, 'not_linked');
  await leave(db, row, 'unlinked', { reason, actor });
  return told(db, row);
}

/** Keeps a workflow out of lineages, suggestions and counts. */
export async function ignoreWorkflow(db: TenantDb, { workflowId, reason, actor }: Decision): Promise<WorkflowIdentity> {
  await holdLinks(db);
  const row = await getIdentified(db, workflowId);
  if (row.link?.status === 'ignored') throw conflict(`${row.name} is ignored already.`, 'already_ignored');
  await leave(db, row, 'ignored', { reason, actor });
  return told(db, row);
}

/** The workflow is unmapped again, as if nobody had decided. */
export async function unignoreWorkflow(db: TenantDb, workflowId: string): Promise<WorkflowIdentity> {
  await holdLinks(db);
  const row = await getIdentified(db, workflowId);
  if (row.link?.status !== 'ignored') throw conflict(`${row.name} is not ignored.`, 'not_ignored');
  await db.workflowLink.delete({ where: { workflowId } });
  return told(db, row);
}

/** Links a workflow to a lineage that a person names. */
export async function linkToLineage(db: TenantDb, { lineageId, ...decision }: Decision & { lineageId: string }) {
  await getLineageRow(db, lineageId, 'lineageId');
  await linkWorkflow(db, { ...decision, lineageId, method: 'explicit' });
  return told(db, await getIdentified(db, decision.workflowId));
}

/** Says that two workflows are the same: the one without a lineage joins the other's, or both begin one. */
export async function linkPair(
  db: TenantDb,
  { workflowId, counterpartId, method, ...decision }: Decision & { counterpartId: string; method: LinkMethod },
): Promise<WorkflowIdentity> {
  await holdLinks(db);
  const [one, two] = [await getIdentified(db, workflowId), await getIdentified(db, counterpartId, 'sameAsWorkflowId')];
  if (one.environment.id === two.environment.id) {
    throw invalidField('sameAsWorkflowId', 'Both stand in the same environment; a lineage has one workflow in each.');
  }
  const [joining, joined] = one.link?.lineageId && !two.link?.lineageId ? [two, one] : [one, two];
  const lineage = (await ensureLineages(db, [joined.id], decision.actor, method)).get(joined.id);
  if (!lineage) throw conflict(`${joined.name} is ignored. Take that back first.`, 'ignored');
  await linkWorkflow(db, { ...decision, workflowId: joining.id, lineageId: lineage.id, method });
  await lookAgain(db, joined.environment.id);
  return told(db, one);
}

async function leave(
  db: TenantDb,
  { id, environment, link }: IdentifiedRow,
  status: 'unlinked' | 'ignored',
  { reason, actor }: Pick<Decision, 'reason' | 'actor'>,
): Promise<void> {
  const data = {
    status,
    lineageId: null,
    method: 'explicit' as const,
    reason: reason ?? null,
    actor,
    at: new Date(),
    driftClass: null,
  };
  if (link) await db.workflowLink.update({ where: { workflowId: id }, data });
  else await db.workflowLink.create({ data: { workflowId: id, environmentId: environment.id, ...data } });
  await db.linkSuggestion.deleteMany({ where: { status: 'open', OR: [{ workflowId: id }, { counterpartId: id }] } });
}

/** How the workflow stands now. Automatic linking looks again: what was ambiguous may no longer be. */
async function told(db: TenantDb, { id, environment }: IdentifiedRow): Promise<WorkflowIdentity> {
  await lookAgain(db, environment.id);
  const identity = toIdentity(await getIdentified(db, id));
  const payload = { environmentId: environment.id, workflowId: id, lineageId: identity.lineage?.id ?? null };
  db.emit({ type: 'lineage.changed', subject: id, payload });
  return identity;
}

const lookAgain = (db: TenantDb, environmentId: string) =>
  db.environment.update({ where: { id: environmentId }, data: { linkedAt: null } });
