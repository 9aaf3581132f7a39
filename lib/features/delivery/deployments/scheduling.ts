import { AppError, blocked } from '@/lib/core/errors';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { isWaiting, needsAdmin } from '../promotions/model';
import { promotionChanged, recheck, stageOf } from '../promotions/service';
import { getPromotionRow, isApproved, lockPromotion, type PromotionRow } from '../promotions/store';
import { beginDeployment } from './beginning';

/** Starts a scheduled promotion within its grace, or lets one expire. Done once, however often it is delivered. */
export async function runDue(ctx: JobContext, promotionId: string) {
  const row = await ctx.tx((db) => getPromotionRow(db, promotionId));
  if (!isWaiting(row.status)) return { promotionId, status: row.status };
  if (row.expiresAt <= new Date()) return ctx.tx((db) => expire(db, promotionId));
  if (row.status !== 'scheduled' || !row.scheduledAt || row.scheduledAt > new Date()) return { promotionId };
  const actor = row.createdBy as Actor;
  try {
    await recheck({ ...ctx, actor }, row);
    return await ctx.tx(async (db) => {
      await assertMaySchedule(db, row);
      const begun = await beginDeployment(db, row, actor);
      db.audit({ action: 'promotion.executed', target: { type: 'promotion', id: row.id }, details: begun });
      return begun;
    });
  } catch (error) {
    // A hold, another deployment, a plan that moved: within the grace the next tick tries again, or finds it pending.
    if (error instanceof AppError && ['conflict', 'blocked'].includes(error.kind))
      return { promotionId, refused: error.code };
    throw error;
  }
}

/** What nobody approved goes to production on an admin's word alone, and whoever scheduled it must still have it. */
async function assertMaySchedule(db: TenantDb, row: PromotionRow): Promise<void> {
  const stage = await stageOf(db, row);
  if (!stage || !needsAdmin(stage) || (await isApproved(db, row))) return;
  const admin = { userId: row.createdById ?? undefined, role: 'admin' as const };
  if (row.createdById && (await db.membership.count({ where: admin })) > 0) return;
  const detail = 'What goes to production without an approval is scheduled by an admin.';
  throw blocked(detail, 'admin_executes', 'An admin, or a stage that asks for approval.');
}

async function expire(db: TenantDb, promotionId: string) {
  const row = await lockPromotion(db, promotionId);
  if (!isWaiting(row.status)) return { promotionId, status: row.status };
  const data = { status: 'expired' as const, finishedAt: new Date(), version: { increment: 1 } };
  await db.promotion.update({ where: { id: promotionId }, data });
  const details = { scheduledAt: row.scheduledAt?.toISOString() ?? null, was: row.status };
  db.audit({ action: 'promotion.expired', target: { type: 'promotion', id: promotionId }, details });
  db.emit({ ...promotionChanged(row), type: 'promotion.expired' });
  db.emit(promotionChanged(row));
  return { promotionId, status: 'expired' };
}
