'use client';

import { RefreshCw } from 'lucide-react';
import { JobProgress } from '@/components/jobs/job-progress';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { syncEnvironment } from '@/lib/actions/sync';
import { toShownProblem } from '@/lib/client/problem-error';
import { SYNC_PHASES } from '@/lib/features/connections/environments/model';
import { useSyncState } from './queries';

/** Reads the instance again. While it runs the button says so; a second press joins the run. */
export function RefreshButton({ environmentId }: { environmentId: string }) {
  const may = useMay('environment:sync');
  const { data, refetch } = useSyncState(environmentId);
  const refresh = useAct(syncEnvironment, { onSuccess: () => refetch() });
  const active = ['pending', 'running'].includes(data?.job?.status ?? '');
  return (
    <Button
      why={may ? undefined : 'Refreshing takes the role developer.'}
      busy={(refresh.isPending || active) && 'Refreshing…'}
      onClick={() => refresh.mutate({ id: environmentId })}
    >
      <Icon of={RefreshCw} />
      Refresh
    </Button>
  );
}

/** The refresh that runs or waits, step by step; and why the last one could not be started. */
export function RefreshProgress({ environmentId }: { environmentId: string }) {
  const { data, error } = useSyncState(environmentId);
  if (error) return <FormProblem problem={toShownProblem(error)} />;
  return data?.job ? <JobProgress job={data.job} steps={SYNC_PHASES} /> : null;
}
