'use client';

import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { FormProblem } from '@/components/patterns/form-problem';
import { HoldBanner } from '@/components/pipelines/hold-banner';
import { usePipeline } from '@/components/pipelines/queries';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-id';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { executePromotion } from '@/lib/actions/deployments';
import { toShownProblem } from '@/lib/client/problem-error';
import { isWaiting } from '@/lib/features/delivery/promotions/model';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import { ApplySection } from './apply-section';
import { ApprovalSection } from './approval-section';
import { ChooseSection } from './choose-section';
import { ClosureSection } from './closure-section';
import { DiffSection } from './diff-section';
import { type Closed, railOf } from './missing';
import { MissingBox } from './missing-box';
import { PlanSection } from './plan-section';
import { PromotionActions } from './promotion-actions';
import { countOf } from './promotion-words';
import { usePromotion } from './queries';
import { ReadinessSection } from './readiness-section';
import { StepRail } from './step-rail';

/** One promotion from the choice to the verified result, on one page that can be left and come back to at any step. */
export function PromotionPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = usePromotion(id);
  const crumbs = [
    { label: 'Promotions', href: `/t/${slug}/promotions` },
    { label: data ? titleOf(data) : 'Promotion' },
  ];
  return (
    <Page crumbs={crumbs} tier={data?.route.target.class}>
      {data ? (
        <Promoting promotion={data} />
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={20} label="the promotion" />
      )}
    </Page>
  );
}

const titleOf = ({ workflowCount, route }: Promotion) =>
  `${countOf(workflowCount, 'workflow')} to ${route.target.name}`;

function Promoting({ promotion }: { promotion: Promotion }) {
  const { target } = promotion.route;
  const { stage, closed } = useStageOf(promotion);
  const refresh = useRefresh('promotions', 'deployments', 'pipelines');
  const execute = useAct(executePromotion, { onSuccess: refresh });
  const sending = execute.isPending || (execute.isSuccess && !promotion.deploymentId);
  return (
    <>
      <PageHead
        title={
          <>
            Promote {countOf(promotion.workflowCount, 'workflow')} to{' '}
            <EnvironmentName tier={target.class} name={target.name} size="lg" />
          </>
        }
        lede={<Facts promotion={promotion} />}
        actions={<PromotionActions promotion={promotion} />}
      />
      {stage && promotion.pipelineId && <HoldBanner pipelineId={promotion.pipelineId} stage={stage} />}
      <StepRail steps={railOf(promotion)} />
      <div className="grid grid-cols-[minmax(0,1fr)_19.75rem] items-start gap-x-10 max-xl:grid-cols-1 [&_span[id]]:scroll-mt-32">
        <div className="min-w-0">
          <ChooseSection promotion={promotion} />
          <ClosureSection promotion={promotion} />
          <ReadinessSection promotion={promotion} />
          <DiffSection promotion={promotion} />
          <PlanSection promotion={promotion} />
          <ApprovalSection promotion={promotion} />
          <ApplySection promotion={promotion} sending={sending} />
        </div>
        <MissingBox promotion={promotion} closed={closed}>
          {isWaiting(promotion.status) && (
            <>
              <Button
                variant={target.class === 'production' ? 'prod' : 'primary'}
                className="justify-self-stretch"
                why={promotion.can.execute.reason ?? undefined}
                busy={sending && 'Checking again and sending…'}
                onClick={() => execute.mutate({ id: promotion.id }, { onError: refresh })}
              >
                Apply to {target.class} {target.name}
              </Button>
              <FormProblem problem={execute.error && toShownProblem(execute.error)} />
            </>
          )}
        </MissingBox>
      </div>
    </>
  );
}

/** The stage as it is now, and why it lets nothing through; undefined while it is not known, or when it is gone. */
function useStageOf({ pipelineId, stageId }: Promotion) {
  const { data } = usePipeline(pipelineId);
  const stage = data?.stages.find(({ id }) => id === stageId);
  const held = stage && (stage.hold ? { title: 'The stage is on hold', says: stage.hold.reason } : null);
  return { stage, closed: data?.isActive === false ? NOT_IN_USE : held };
}

const NOT_IN_USE: Closed = { title: 'The pipeline is not in use', says: 'An admin can put it into use.' };

function Facts({ promotion }: { promotion: Promotion }) {
  const { route, createdBy, createdAt, plan, scheduledAt, expiresAt, status } = promotion;
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span>
        from <EnvironmentName tier={route.source.class} name={route.source.name} />
      </span>
      <span>{route.pipelineName}</span>
      <span>
        by {createdBy.label} <Time at={createdAt} />
      </span>
      {plan && (
        <span>
          plan <CopyId id={plan.digest} noun="plan digest" />
        </span>
      )}
      {scheduledAt && <Time at={scheduledAt} show="full" prefix="for" />}
      {isWaiting(status) && <Time at={expiresAt} prefix="runs out" className="text-ink-3" />}
    </span>
  );
}
