import { notFound } from '@/lib/core/errors';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ChangePlan } from './plan';

/** Keeps a plan for good; returns its id. */
export async function savePlan(db: TenantDb, plan: ChangePlan): Promise<string> {
  const { steps, workflows, source, ...rest } = plan;
  const row = await db.changePlan.create({
    data: { ...rest, steps: steps as object, workflows: workflows as object, source: (source ?? undefined) as object },
    select: { id: true },
  });
  return row.id;
}

/** Throws `not_found`. */
export async function getPlan(db: TenantDb, id: string): Promise<ChangePlan & { id: string; createdAt: Date }> {
  const row = await db.changePlan.findUnique({ where: { id } });
  if (!row) throw notFound('plan');
  const { tenantId: _tenant, ...plan } = row;
  return plan as unknown as ChangePlan & { id: string; createdAt: Date };
}
