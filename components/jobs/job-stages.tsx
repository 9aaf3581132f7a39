'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { ProgressSteps, type WriteStage, writeSteps } from '@/components/patterns/progress-steps';
import { useTenant } from '@/components/shell/tenant';
import { Note } from '@/components/ui/note';
import { toShownProblem } from '@/lib/client/problem-error';
import type { BackgroundJob } from '@/lib/features/service/background-jobs/schema';
import { useJob } from './queries';

const STAGE: Record<BackgroundJob['status'], WriteStage> = {
  pending: 'accepted',
  running: 'applying',
  completed: 'verified',
  failed: 'applying',
  cancelled: 'applying',
};

type Started = { isPending: boolean; error: Error | null; data?: { jobId: string; alreadyRunning: boolean } };

type JobStagesProps = {
  /** The mutation whose answer is the job's receipt. */
  started: Started;
  /** What came of it, once it is completed. */
  children?(job: BackgroundJob): ReactNode;
};

/** What was started and goes on in the background, from the press of the button to its end. Nothing before the press. */
export function JobStages({ started, children }: JobStagesProps) {
  const { slug } = useTenant();
  const { data: job } = useJob(started.data?.jobId ?? null);
  if (started.error) return <FormProblem problem={toShownProblem(started.error)} />;
  if (!started.isPending && !started.data) return null;
  const stage = job ? STAGE[job.status] : started.data ? 'accepted' : 'sending';
  const failed = job?.status === 'failed' || job?.status === 'cancelled';
  return (
    <div aria-live="polite" className="mt-3 grid gap-2">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <ProgressSteps label="Progress" steps={writeSteps(stage, failed)} />
        {started.data && (
          <Link className="link text-12" href={`/t/${slug}/activity/${started.data.jobId}`}>
            Details
          </Link>
        )}
      </div>
      {started.data?.alreadyRunning && <Note>One was on its way already; this is that one.</Note>}
      {job?.status === 'cancelled' && <Note tone="warn">It was cancelled.</Note>}
      {job?.error && <Note tone="bad">{job.error.detail}</Note>}
      {job?.status === 'completed' && children?.(job)}
    </div>
  );
}

/** Whether what was started is still on its way. */
export function useJobActive(started: Started): boolean {
  const { data: job } = useJob(started.data?.jobId ?? null);
  return started.isPending || (started.data !== undefined && (!job || ['pending', 'running'].includes(job.status)));
}
