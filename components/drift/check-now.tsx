'use client';

import { ScanSearch } from 'lucide-react';
import { useGuard } from '@/components/environments/use-guard';
import { JobProgress } from '@/components/jobs/job-progress';
import { FormProblem } from '@/components/patterns/form-problem';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { checkDrift } from '@/lib/actions/drift';
import { toShownProblem } from '@/lib/client/problem-error';
import { useNewestCheckJob } from './queries';

const ACTIVE = ['pending', 'running'];
const DEV = 'Dev is where changes begin: it is not compared with anything.';

type CheckNowProps = { environment: { id: string; class: string }; size?: 'sm' };

/** Compares an environment with what is approved, now. A second press joins the check that runs. */
export function CheckNow({ environment: { id, class: tier }, size }: CheckNowProps) {
  const guard = useGuard(id, 'driftCheck');
  const { job, refetch } = useNewestCheckJob(id);
  const check = useAct(checkDrift, { onSuccess: () => void refetch() });
  const active = ACTIVE.includes(job?.status ?? '');
  return (
    <span className="inline-grid gap-1">
      <Button
        size={size}
        why={tier === 'dev' ? DEV : guard.why}
        busy={(check.isPending || active) && 'Checking…'}
        onClick={() => check.mutate({ id })}
      >
        <Icon of={ScanSearch} />
        Check now
      </Button>
      <FormProblem problem={check.error && toShownProblem(check.error)} />
    </span>
  );
}

/** The check that waits or runs, as it goes; nothing in between. */
export function CheckProgress({ environmentId }: { environmentId: string }) {
  const { job } = useNewestCheckJob(environmentId);
  return job && ACTIVE.includes(job.status) ? <JobProgress job={job} steps={['comparing']} /> : null;
}
