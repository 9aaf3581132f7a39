import { PlanSteps } from '@/components/journal/plan-steps';
import { CopyButton } from '@/components/ui/copy-button';
import { CopyId } from '@/components/ui/copy-id';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import { hasNothingToWrite } from './missing';
import { countOf } from './promotion-words';

/** The literal calls: exactly these are made, in this order, and the approval is for their digest. */
export function PlanSection({ promotion }: { promotion: Promotion }) {
  const { plan, blockingCount } = promotion;
  return (
    <Section
      title={<span id="plan">Plan</span>}
      note={plan && (blockingCount > 0 ? 'a draft until nothing is missing' : countOf(plan.steps.length, 'call'))}
      actions={plan && <CopyButton size="sm" variant="ghost" text={JSON.stringify(plan, null, 2)} noun="as JSON" />}
    >
      {plan ? (
        <>
          <p className="flex flex-wrap items-center gap-x-3 py-2 text-12 text-ink-2">
            <span>
              digest <CopyId id={plan.digest} noun="plan digest" />
            </span>
            <Time at={plan.madeAt} prefix="made" />
          </p>
          <PlanSteps steps={plan.steps} next={null} />
          <p className="pt-2 text-12 text-ink-2">
            Children before parents, drafts before publishing. Before each write the current version is stored; after
            each, it is read back. Any movement of source, target or binding voids an approval.
          </p>
        </>
      ) : (
        <p className="py-3 text-ink-2">
          {hasNothingToWrite(promotion)
            ? 'There is nothing to write.'
            : 'Nothing can be planned yet: what is missing has to be dealt with first.'}
        </p>
      )}
    </Section>
  );
}
