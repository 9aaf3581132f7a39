'use client';

import { useState } from 'react';
import { useMe } from '@/components/account/queries';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { resumeStage } from '@/lib/actions/pipelines';
import { toShownProblem } from '@/lib/client/problem-error';
import { decidesAt } from '@/lib/features/delivery/pipelines/model';
import type { Stage } from '@/lib/features/delivery/pipelines/schema';

/** That a stage is on hold: since when, why, which rollback put it there, and the way to resume. Nothing without one. */
export function HoldBanner({ pipelineId, stage }: { pipelineId: string; stage: Stage }) {
  const { slug } = useTenant();
  const { hold, target } = stage;
  if (!hold) return null;
  return (
    <div className="mt-4">
      <Note tone="warn">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Status kind="hold" word="On hold" />
          <span>
            Nothing is promoted to <EnvironmentName tier={target.class} name={target.name} /> until somebody resumes it.
          </span>
          <span>
            {hold.reason} <Time at={hold.since} prefix="Since" className="text-ink-3" />
          </span>
          {hold.deploymentId && (
            <TextLink href={`/t/${slug}/deployments/${hold.deploymentId}`}>See the rollback</TextLink>
          )}
          <ResumeStage pipelineId={pipelineId} stage={stage} />
        </span>
      </Note>
    </div>
  );
}

/** Takes the hold off a stage, after saying what that means. */
export function ResumeStage({ pipelineId, stage: { id, target, approvers } }: { pipelineId: string; stage: Stage }) {
  const [open, setOpen] = useState(false);
  const userId = useMe().data?.user?.id ?? null;
  const isAdmin = useMay('promotion:approve');
  const may = decidesAt({ approverIds: approvers.map((approver) => approver.userId) }, { userId, isAdmin });
  const refresh = useRefresh('pipelines', 'promotions', 'deployments');
  const resume = useAct(resumeStage, { onSuccess: refresh });
  const who = ['an admin', ...approvers.map(({ name }) => name)].join(', ');
  return (
    <>
      <Button size="sm" why={may ? undefined : `It is resumed by ${who}.`} onClick={() => setOpen(true)}>
        Resume…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Resume promotions to ${target.name}?`}
        description={`Approved promotions may run again from now on. What was rolled back stays as it is. It can be resumed by ${who}.`}
        confirm="Resume"
        keep="Keep it on hold"
        variant="primary"
        busy={resume.isPending && 'Resuming…'}
        onConfirm={() => resume.mutate({ id: pipelineId, stageId: id }, { onSuccess: () => setOpen(false) })}
      >
        <FormProblem problem={resume.error && toShownProblem(resume.error)} />
      </ConfirmDialog>
    </>
  );
}
