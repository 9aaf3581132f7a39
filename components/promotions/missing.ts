import type { StatusKind } from '@/components/ui/glyph';
import { isWaiting } from '@/lib/features/delivery/promotions/model';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import { countOf, PROMOTION_WORDS } from './promotion-words';

export type PromotionProblem = Promotion['problems'][number];
/** One line of the box that says what keeps a promotion from being applied. */
export type MissingItem = {
  id: string;
  kind: StatusKind;
  title: string;
  says: string;
  /** Set where it can be dealt with in place. */
  problem?: PromotionProblem;
};
/** Why nothing goes through a stage now. */
export type Closed = { title: string; says: string };
type Missing = { blocking: MissingItem[]; toKnow: MissingItem[]; done: string[] };

/**
 * Everything that is missing before a promotion may be applied, what should only be known, and what is done. `closed`:
 * its stage; undefined while the stage is not known, which then is not said to be open.
 */
export function missingOf(promotion: Promotion, closed: Closed | null | undefined): Missing {
  if (!isWaiting(promotion.status)) return { blocking: [], toKnow: [], done: [] };
  const { problems } = promotion;
  const blocking = problems.filter(({ severity }) => severity === 'blocking').map(toItem);
  const toKnow = problems.filter(({ severity }) => severity === 'warning').map(toItem);
  if (closed) blocking.push({ id: 'closed', kind: 'hold', ...closed });
  const approval = approvalOf(promotion);
  if (approval.missing) blocking.push(approval.missing);
  const fine = blocking.some(({ problem }) => problem) ? [] : ['Nothing that it needs is missing'];
  return { blocking, toKnow, done: [...fine, ...(closed === null ? ['No hold on the stage'] : []), ...approval.done] };
}

const toItem = (problem: PromotionProblem, at: number): MissingItem => ({
  id: `${problem.code} ${problem.lineageId ?? ''} ${at}`,
  kind: problem.severity === 'blocking' ? 'bad' : problem.code === 'dynamic_reference' ? 'unknown' : 'warn',
  title: problem.name ? `${problem.name}: ${problem.detail}` : problem.detail,
  says: problem.remedy,
  problem,
});

function approvalOf({ requireApproval, status, decisions, can }: Promotion): { missing?: MissingItem; done: string[] } {
  if (!requireApproval) return { done: ['This stage asks for no approval'] };
  const verdict = decisions.find(({ counts, verdict: said }) => counts && said === 'approved');
  if (verdict && status !== 'pending') return { done: [`Approved by ${verdict.actor.label}`] };
  const says = can.approve.allowed ? 'You may approve it.' : (can.approve.reason ?? '');
  return { missing: { id: 'approval', kind: 'wait', title: 'One approval', says }, done: [] };
}

/** Without a plan: whether that is because both sides are equal. Else something has to be dealt with first. */
export const hasNothingToWrite = ({ problems }: Pick<Promotion, 'problems'>): boolean =>
  problems.every(({ severity, code }) => severity !== 'blocking' || code === 'nothing_to_promote');

/** A step of the page, from choosing to the verified result. */
export type RailStep = { anchor: string; title: string; note: string; kind: StatusKind };

const RUNS: readonly string[] = ['running', 'verifying', 'compensating'];

/** All steps with how far each is; the first that is not done is where one is needed. */
export function railOf(promotion: Promotion): RailStep[] {
  const { workflows, plan, status, problems } = promotion;
  const selected = workflows.filter(({ role }) => role === 'selected').length;
  const pulled = workflows.filter(({ role }) => role === 'dependency').length;
  const stop = problems.filter(({ severity }) => severity === 'blocking').length;
  const changed = workflows.filter(({ isPlanned }) => isPlanned).length;
  const steps = plan?.steps.length ?? 0;
  return [
    { anchor: 'choose', title: 'Choose', note: countOf(selected, 'workflow'), kind: 'ok' },
    {
      anchor: 'readiness',
      title: 'Closure and readiness',
      note: stop > 0 ? `${stop} missing` : pulled > 0 ? `${pulled} pulled in` : 'nothing missing',
      kind: stop > 0 ? 'warn' : 'ok',
    },
    { anchor: 'diff', title: 'Diff', note: `${changed} written`, kind: changed > 0 ? 'ok' : 'wait' },
    {
      anchor: 'plan',
      title: 'Plan',
      note:
        steps > 0
          ? `${countOf(steps, 'call')}${stop > 0 ? ', draft' : ''}`
          : hasNothingToWrite(promotion)
            ? 'nothing to write'
            : 'not yet',
      kind: steps > 0 && stop === 0 ? 'ok' : 'wait',
    },
    { anchor: 'approval', title: 'Approval', ...approvalStep(promotion) },
    { anchor: 'apply', title: 'Apply', ...applyStep(status) },
  ];
}

function approvalStep({ requireApproval, status, decisions }: Promotion): Pick<RailStep, 'note' | 'kind'> {
  if (status === 'rejected') return { note: 'rejected', kind: 'bad' };
  if (!requireApproval) return { note: 'not asked for', kind: 'ok' };
  const approved = decisions.find(({ counts, verdict }) => counts && verdict === 'approved');
  if (approved) return { note: `by ${approved.actor.label}`, kind: 'ok' };
  return { note: decisions.length > 0 ? 'void, asked again' : 'not yet', kind: 'wait' };
}

function applyStep(status: Promotion['status']): Pick<RailStep, 'note' | 'kind'> {
  if (status === 'pending' || status === 'pending_approval') return { note: 'not started', kind: 'wait' };
  const { kind, word } = PROMOTION_WORDS[status];
  if (status === 'approved') return { note: 'ready', kind: 'wait' };
  return { note: word.toLowerCase(), kind: RUNS.includes(status) ? 'run' : kind };
}
