'use client';

import { type ProgressStep, ProgressSteps } from '@/components/patterns/progress-steps';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { cancelBackgroundJob } from '@/lib/actions/background-jobs';
import type { BackgroundJob } from '@/lib/features/service/background-jobs/schema';
import { JobStatus } from './job-status';

type JobProgressProps = {
  job: BackgroundJob;
  /** All steps in order, so that what is still to come shows too. */
  steps: readonly string[];
};

/** Long work as it goes: steps with their counts, since when, and the way to stop it. Survives a reload. */
export function JobProgress({ job, steps }: JobProgressProps) {
  const cancel = useAct(cancelBackgroundJob);
  const mayCancel = useMay('job:cancel');
  return (
    <section aria-label="Progress" className="mt-4 grid gap-2 border-y border-line py-3">
      <div className="flex flex-wrap items-center gap-3">
        <span role="status">
          <JobStatus job={job} />
        </span>
        <span className="text-ink-3">
          {job.startedAt ? <Time at={job.startedAt} prefix="started" /> : 'waits for a worker'} · by {job.startedBy}
        </span>
        {job.cancellable && mayCancel && (
          <Button
            size="sm"
            className="ml-auto"
            busy={cancel.isPending && 'Cancelling…'}
            onClick={() => cancel.mutate({ id: job.id })}
          >
            Cancel
          </Button>
        )}
      </div>
      <ProgressSteps label="Steps" steps={stepsOf(job, steps)} />
      {job.error && <p className="text-bad">{job.error.detail}</p>}
    </section>
  );
}

function stepsOf({ progress, status }: BackgroundJob, names: readonly string[]): ProgressStep[] {
  return names.map((word) => {
    const past = progress?.steps?.find((step) => step.name === word);
    if (past) {
      const state = past.status === 'done' ? 'done' : past.status === 'failed' ? 'failed' : 'held';
      return { word, state, note: past.detail ?? (past.count === undefined ? undefined : String(past.count)) };
    }
    if (progress?.step !== word || status !== 'running') return { word, state: 'waiting' };
    const count = progress.total === null ? `${progress.current}` : `${progress.current} of ${progress.total}`;
    return { word, state: 'running', note: count };
  });
}
