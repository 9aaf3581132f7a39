'use client';

import { useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { chooseForPromotion } from '@/lib/actions/promotions';
import { toShownProblem } from '@/lib/client/problem-error';
import { isWaiting } from '@/lib/features/delivery/promotions/model';
import type { Choice, Promotion } from '@/lib/features/delivery/promotions/schema';
import { BindDialog, isBindable } from './bind-dialog';
import type { PromotionProblem } from './missing';

type RemedyProps = { promotion: Promotion; problem: PromotionProblem };

/** What can be done about a problem right here; nothing where the remedy lies elsewhere. */
export function ProblemRemedy({ promotion, problem }: RemedyProps) {
  const { slug } = useTenant();
  if (!isWaiting(promotion.status)) return null;
  if (isBindable(problem)) return <Bind promotion={promotion} problem={problem} />;
  if (problem.code === 'conflict' || problem.code === 'target_hotfix')
    return <Decide promotion={promotion} problem={problem} />;
  if (problem.code === 'possible_twin') return <TextLink href={`/t/${slug}/matrix/linking`}>Link them</TextLink>;
  if (problem.code === 'drift_open' || problem.code === 'drift_expired')
    return (
      <TextLink href={`/t/${slug}/incidents?environmentId=${promotion.targetEnvironmentId}&open=true`}>
        Open the incident
      </TextLink>
    );
  if (problem.code === 'override_not_applied')
    return <TextLink href={`/t/${slug}/bindings?environmentId=${promotion.targetEnvironmentId}`}>Correct it</TextLink>;
  return null;
}

function Bind({ promotion, problem }: RemedyProps & { problem: Parameters<typeof BindDialog>[0]['problem'] }) {
  const [open, setOpen] = useState(false);
  const may = useMay('binding:write');
  return (
    <>
      <Button
        size="sm"
        why={may ? undefined : 'Any developer can bind it.'}
        onClick={() => setOpen(true)}
        aria-label={`Bind ${problem.binding.requirement}`}
      >
        Bind…
      </Button>
      <BindDialog promotion={promotion} problem={problem} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** A choice about a workflow; the plan is made anew with it. */
export function useChoose(promotion: Promotion) {
  const refresh = useRefresh('promotions');
  const choose = useAct(chooseForPromotion, { onSuccess: refresh });
  return {
    why: promotion.can.refresh.reason ?? undefined,
    isPending: choose.isPending,
    problem: choose.error && toShownProblem(choose.error),
    choose: (choice: Choice) => choose.mutate({ id: promotion.id, choices: [choice] }),
  };
}

/** The target was edited: its edit goes, or the workflow stays out. */
function Decide({ promotion, problem }: RemedyProps) {
  const { choose, why, isPending, problem: refusal } = useChoose(promotion);
  const { workflowId } = problem;
  if (!workflowId) return null;
  const busy = isPending && 'Planning anew…';
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button size="sm" why={why} busy={busy} onClick={() => choose({ workflowId, resolve: 'overwrite' })}>
        Overwrite it there
      </Button>
      {!why && !isPending && (
        <Button size="sm" variant="ghost" onClick={() => choose({ workflowId, resolve: 'skip' })}>
          Leave it out
        </Button>
      )}
      <FormProblem problem={refusal} />
    </span>
  );
}
