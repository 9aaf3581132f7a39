import { AppError, blocked } from '@/lib/core/errors';
import { leastRole, ROLES } from '@/lib/core/permissions';
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

/** What nobody approved goes on the word of whoever scheduled it, who must still be somebody that could execute it. */
async function assertMaySchedule(db: TenantDb, row: PromotionRow): Promise<void> {
  const stage = await stageOf(db, row);
  if (!stage || (await isApproved(db, row))) return;
  const least = needsAdmin(stage) ? 'admin' : leastRole('promotion:write');
  const able = ROLES.slice(ROLES.indexOf(least));
  const person = row.createdById ?? undefined;
  if (person && (await db.membership.count({ where: { userId: person, role: { in: able } } })) > 0) return;
  const detail = `Whoever scheduled it may no longer execute it: that takes the role ${least}.`;
  const rule = least === 'admin' ? 'admin_executes' : 'may_not_execute';
  throw blocked(detail, rule, 'Somebody with that role can execute it, or schedule it anew.');
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
