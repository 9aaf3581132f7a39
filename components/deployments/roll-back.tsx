'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { PlanSteps } from '@/components/journal/plan-steps';
import { FormProblem } from '@/components/patterns/form-problem';
import { ReasonDialog } from '@/components/patterns/reason-dialog';
import { countOf } from '@/components/promotions/promotion-words';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { rollBackDeployment } from '@/lib/actions/deployments';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Deployment, Rollback } from '@/lib/features/delivery/deployments/schema';

/** Working out what taking a deployment back would write; running it is asked for afterwards. */
export function RollBack({ deployment }: { deployment: Deployment }) {
  const { kind, can, status } = deployment;
  const refresh = useRefresh('deployments');
  const plan = useAct(rollBackDeployment, { onSuccess: refresh });
  const [moved, setMoved] = useState(false);
  const lookAgain = () => plan.mutate({ id: deployment.id });
  if (status === 'planned') return <OnlyPlanned rollbackOfId={deployment.rollbackOfId} />;
  if (kind === 'rollback') return null;
  return (
    <Section title="If you roll back now">
      <div className="grid justify-items-start gap-3 pt-3">
        {plan.data ? (
          <>
            {moved && (
              <Note tone="warn">
                The target changed since you looked. Nothing was written; this is the plan for what is there now.
              </Note>
            )}
            <Worked
              deployment={deployment}
              rollback={plan.data}
              onMoved={() => {
                setMoved(true);
                lookAgain();
              }}
            />
          </>
        ) : (
          <p className="text-ink-2">
            The target is read first, and every call is listed. Nothing is written by looking.
          </p>
        )}
        <Button
          why={can.rollback.reason ?? undefined}
          busy={plan.isPending && 'Reading the target…'}
          onClick={() => {
            setMoved(false);
            lookAgain();
          }}
        >
          {plan.data ? 'Work it out again' : 'Work out the rollback'}
        </Button>
        <FormProblem problem={plan.error && toShownProblem(plan.error)} />
      </div>
    </Section>
  );
}

/** A plan that was only looked at: it is worked out again before it runs. */
function OnlyPlanned({ rollbackOfId }: Pick<Deployment, 'rollbackOfId'>) {
  const { slug } = useTenant();
  return (
    <Section title="Not run">
      <p className="py-3 text-ink-2">
        This rollback was worked out and not run; nothing was written. It is run from{' '}
        <TextLink href={`/t/${slug}/deployments/${rollbackOfId}`}>the deployment it takes back</TextLink>.
      </p>
    </Section>
  );
}

type WorkedProps = {
  deployment: Deployment;
  rollback: Rollback;
  /** What was shown is no longer what would happen. */
  onMoved(): void;
};

/** What would happen, what would be lost, and the button that does it. */
function Worked({ deployment, rollback, onMoved }: WorkedProps) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(false);
  const { steps } = rollback.plan;
  const { target } = deployment.route;
  const lost = rollback.problems.filter(({ severity }) => severity === 'blocking');
  return (
    <>
      <ul className="grid gap-2">
        <li>
          Puts {countOf(deployment.workflows.length, 'workflow')} back to what {target.name} ran before:{' '}
          {countOf(steps.length, 'call')}, each read back.
        </li>
        {deployment.stageId && (
          <li>
            <Status kind="hold" word="Holds the stage" />: nothing is promoted there until somebody resumes it.
          </li>
        )}
        {rollback.problems.map(({ code, name, severity, detail, remedy }) => (
          <li key={`${code} ${name}`}>
            <Status kind={severity === 'blocking' ? 'bad' : 'warn'} word={name ?? 'To know'} />{' '}
            <span className="text-ink-2">
              {detail} {remedy}
            </span>
          </li>
        ))}
        <li className="text-ink-2">What executions did meanwhile stays done.</li>
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button
          variant={target.class === 'production' ? 'prod' : 'primary'}
          why={steps.length === 0 ? 'There is nothing to take back.' : undefined}
          onClick={() => setOpen(true)}
        >
          Roll back {target.name}…
        </Button>
        <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide its calls' : `Show its ${countOf(steps.length, 'call')}`}
        </Button>
      </div>
      {shown && (
        <div className="w-full min-w-0">
          <PlanSteps steps={steps} next={null} />
        </div>
      )}
      <Run
        deployment={deployment}
        planDigest={rollback.plan.digest}
        lost={lost.length}
        open={open}
        onOpenChange={setOpen}
        onMoved={onMoved}
      />
    </>
  );
}

type RunProps = Pick<WorkedProps, 'deployment' | 'onMoved'> & {
  /** Of the plan that was looked at: no other is run. */
  planDigest: string;
  lost: number;
  open: boolean;
  onOpenChange(open: boolean): void;
};

/** Asks why; edits made since are overwritten only when that is ticked. It can itself be undone by promoting again. */
function Run({ deployment, planDigest, lost, open, onOpenChange, onMoved }: RunProps) {
  const { slug } = useTenant();
  const router = useRouter();
  const refresh = useRefresh('deployments', 'pipelines', 'promotions');
  const [overwrite, setOverwrite] = useState(false);
  const run = useAct(rollBackDeployment, {
    onSuccess: ({ id }) => {
      refresh();
      router.push(`/t/${slug}/deployments/${id}`);
    },
  });
  const { target } = deployment.route;
  return (
    <ReasonDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Roll back ${target.name}?`}
      description="The target is read again, then brought back call by call; if one fails, all of it is taken back. The stage is held until somebody resumes it. Promoting again undoes this."
      confirm={`Roll back ${target.name}`}
      keep="Leave it as it is"
      variant={target.class === 'production' ? 'prod' : 'primary'}
      busy={run.isPending && 'Sending…'}
      problem={run.error && toShownProblem(run.error)}
      hint="Stands on the hold, with the rollback and in the audit log."
      onConfirm={(reason) =>
        run.mutate(
          { id: deployment.id, execute: true, overwrite, reason, planDigest },
          { onError: (error) => toShownProblem(error).code === 'plan_changed' && onMoved() },
        )
      }
    >
      {lost > 0 && (
        <Checkbox checked={overwrite} onChange={(event) => setOverwrite(event.target.checked)}>
          Overwrite what was changed since in {countOf(lost, 'workflow')}
        </Checkbox>
      )}
    </ReasonDialog>
  );
}
