'use client';

import { JobProgress } from '@/components/jobs/job-progress';
import { useJob } from '@/components/jobs/queries';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { linkAutomatically } from '@/lib/actions/lineages';
import { toShownProblem } from '@/lib/client/problem-error';

/** Looks again for what is beyond doubt the same; it also happens by itself after every refresh. */
export function LinkAutomatically() {
  const may = useMay('lineage:write');
  const run = useAct(linkAutomatically);
  const { data: job } = useJob(run.data?.jobId ?? null);
  const active = ['pending', 'running'].includes(job?.status ?? '');
  return (
    <>
      <Button
        why={may ? undefined : 'Linking takes the role developer.'}
        busy={(run.isPending || active) && 'Looking…'}
        onClick={() => run.mutate({})}
      >
        Look again for what is the same
      </Button>
      <FormProblem problem={run.error && toShownProblem(run.error)} />
      {job?.status === 'failed' && <JobProgress job={job} steps={[]} />}
    </>
  );
}
