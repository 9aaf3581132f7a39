import { conflict, forbidden } from '@/lib/core/errors';
import { ById } from '@/lib/core/schema';
import { storeContext } from '@/lib/features/change/approved-state/service';
import type { TenantContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { assertOpen } from '../pipelines/service';
import { statusOf } from './model';
import { rightsOf } from './rights';
import { ApprovePromotion, Promotion, RejectPromotion } from './schema';
import { assertWaiting, describePromotion, promotionChanged, recheck, stageOf } from './service';
import { getPromotionRow, lockPromotion, type PromotionRow, problemsOf } from './store';

const TARGET = (id: string) => ({ type: 'promotion', id });

export const approvePromotion = operation({
  name: 'promotion.approve',
  summary: 'Approve the plan of a promotion',
  description:
    'For admins and the approvers of the stage, never for who initiated it. The plan is made again first: what moved since voids it.',
  input: ApprovePromotion,
  output: Promotion,
  status: 200,
  // Developers hold it; whether this one may approve here is decided by `refusalToDecide`.
  permission: 'promotion:write',
  asksInstance: true,
  effect: 'write',
  audit: 'promotion.approved',
  async run(ctx, { id, comment, planDigest }) {
    const seen = await ctx.tx(async (db) => {
      const row = await getPromotionRow(db, id);
      await assertMayDecide(ctx, db, row, 'approved');
      return row;
    });
    if (planDigest && planDigest !== seen.planDigest) {
      throw conflict('The plan was made anew since you looked at it. Look again.', 'plan_changed');
    }
    await recheck(storeContext(ctx), seen);
    return decide(ctx, seen, 'approved', comment);
  },
});

export const rejectPromotion = operation({
  name: 'promotion.reject',
  summary: 'Reject a promotion',
  input: RejectPromotion,
  output: Promotion,
  status: 200,
  // As for approving.
  permission: 'promotion:write',
  effect: 'write',
  audit: 'promotion.rejected',
  async run(ctx, { id, comment }) {
    const seen = await ctx.tx((db) => getPromotionRow(db, id));
    return decide(ctx, seen, 'rejected', comment);
  },
});

export const cancelPromotion = operation({
  name: 'promotion.cancel',
  summary: 'Cancel a promotion that has not begun',
  input: ById,
  output: Promotion,
  status: 200,
  permission: 'promotion:write',
  effect: 'write',
  audit: 'promotion.cancelled',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      const row = await lockPromotion(db, id);
      assertWaiting(row);
      await end(db, row, 'cancelled');
      db.audit({ target: TARGET(id) });
      return describePromotion(db, ctx.principal, id);
    }),
});

type Verdict = 'approved' | 'rejected';

/** One verdict a plan: of many who come at once the first decides, and the others learn that it is decided. */
function decide(ctx: TenantContext, seen: PromotionRow, verdict: Verdict, comment?: string) {
  return ctx.tx(async (db) => {
    const row = await lockPromotion(db, seen.id);
    await assertMayDecide(ctx, db, row, verdict);
    if (row.planDigest !== seen.planDigest)
      throw conflict('The plan was made anew meanwhile. Look again.', 'plan_changed');
    const decision = { promotionId: row.id, planDigest: row.planDigest!, verdict, comment: comment ?? null };
    await db.promotionDecision.create({ data: { ...decision, actor: ctx.principal.actor } });
    if (verdict === 'rejected') await end(db, row, 'rejected');
    else {
      const standing = {
        problems: problemsOf(row),
        requireApproval: true,
        isApproved: true,
        scheduledAt: row.scheduledAt,
      };
      const data = { status: statusOf(standing), version: { increment: 1 } };
      await db.promotion.update({ where: { id: row.id }, data });
      db.emit(promotionChanged(row));
    }
    db.audit({ target: TARGET(row.id), details: { planDigest: row.planDigest, comment } });
    return describePromotion(db, ctx.principal, row.id);
  });
}

async function assertMayDecide(ctx: TenantContext, db: TenantDb, row: PromotionRow, verdict: Verdict): Promise<void> {
  assertWaiting(row);
  const stage = await stageOf(db, row);
  const { reject } = await rightsOf(db, ctx.principal, row, stage);
  if (row.status !== 'pending_approval') throw conflict(reject.reason!, 'not_waiting_for_approval');
  if (!reject.allowed) throw forbidden(reject.reason!, 'not_an_approver');
  if (verdict === 'approved') assertOpen(stage!);
}

async function end(db: TenantDb, row: PromotionRow, status: 'rejected' | 'cancelled'): Promise<void> {
  const data = { status, finishedAt: new Date(), version: { increment: 1 } };
  await db.promotion.update({ where: { id: row.id }, data });
  db.emit(promotionChanged(row));
}
