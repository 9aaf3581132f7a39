import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import type { BindingValue, DeclaredBinding, Side } from './model';

/** Bindings that could serve these lineages in an environment, those that have run out by `now` marked. */
export async function readDeclared(
  db: TenantDb,
  environmentId: string,
  lineageIds: readonly string[],
  now: Date,
): Promise<DeclaredBinding[]> {
  const rows = await db.binding.findMany({
    where: { environmentId, OR: [{ lineageId: null }, { lineageId: { in: [...lineageIds] } }] },
    orderBy: [{ kind: 'asc' }, { requirement: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, lineageId, kind, requirement, value, expiresAt }) => ({
    id,
    lineageId,
    kind,
    requirement,
    value: value as BindingValue,
    expired: expiresAt !== null && expiresAt <= now,
  }));
}

/**
 * What an environment has now, as its inventory knows it. Where the instance lists its credentials, one that only a
 * workflow names is not there.
 */
export async function readSide(db: TenantDb, environmentId: string): Promise<Side> {
  const isListed = listsCredentials(await getEnvironmentRow(db, environmentId));
  const where = { environmentId, presence: 'present' as const };
  const workflows = await db.workflow.findMany({
    where,
    select: { n8nId: true, name: true, link: { select: { lineageId: true } } },
    orderBy: { id: 'asc' },
  });
  const credentials = await db.credential.findMany({
    where: isListed ? { ...where, source: 'listed' } : where,
    select: { n8nId: true, name: true, type: true },
    orderBy: { id: 'asc' },
  });
  return {
    workflows: workflows.map(({ link, ...one }) => ({ ...one, lineageId: link?.lineageId ?? null })),
    credentials,
    listsCredentials: isListed,
  };
}

/** Whether the instance tells which credentials it has; n8n 1.x does not. */
export const listsCredentials = ({ capabilities }: { capabilities: unknown }): boolean =>
  (capabilities as Partial<ProbeReport> | null)?.capabilities?.['credentials.list']?.works === true;
