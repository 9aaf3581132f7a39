import type { TenantContext } from '@/lib/kernel/context';
import { reserve } from '@/lib/kernel/plan-limit';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';

/** How long a hold outlives the last workflow made under it: for a process that ended in between. */
const HOLD_MS = 10 * 60_000;

/** Room held for workflows; null where the plan sets no limit. */
export type Hold = { id: string } | null;

/**
 * Holds room in the plan for `amount` workflows that are about to be made on an instance, since what an instance does
 * cannot stand in the transaction that looks for room. Throws `limit_reached` unless all of them fit.
 */
export async function holdRoom(ctx: TenantContext, environmentId: string, amount: number): Promise<Hold> {
  const { limits } = ctx.principal;
  if ((limits?.workflows ?? limits?.workflows_per_environment ?? null) === null) return null;
  return ctx.tx(async (db) => {
    await reserve(db, limits, 'workflows', () => countTaken(db), amount);
    await reserve(db, limits, 'workflows_per_environment', () => countTaken(db, environmentId), amount);
    await db.workflowHold.deleteMany({ where: { expiresAt: { lte: new Date() } } });
    return db.workflowHold.create({ data: { environmentId, amount, expiresAt: expiry() }, select: { id: true } });
  });
}

/** One workflow now stands and counts by itself; belongs into the transaction that writes it down. */
export async function useRoom(db: TenantDb, hold: Hold): Promise<void> {
  if (!hold) return;
  const data = { amount: { decrement: 1 }, expiresAt: expiry() };
  await db.workflowHold.updateMany({ where: { id: hold.id, amount: { gt: 0 } }, data });
}

/** What was not needed is free again. */
export async function releaseRoom(ctx: TenantContext, hold: Hold): Promise<void> {
  if (hold) await ctx.tx((db) => db.workflowHold.deleteMany({ where: { id: hold.id } }));
}

const expiry = () => new Date(Date.now() + HOLD_MS);

/** What counts: workflows as an environment's own line counts them, and those that are being made. */
async function countTaken(db: TenantDb, environmentId?: string): Promise<number> {
  const standing = await db.workflow.count({ where: { environmentId, presence: 'present', archived: false } });
  const where = { environmentId, expiresAt: { gt: new Date() } };
  const held = await db.workflowHold.aggregate({ _sum: { amount: true }, where });
  return standing + (held._sum.amount ?? 0);
}
