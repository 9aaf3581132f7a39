'use client';

import { JobStages, useJobActive } from '@/components/jobs/job-stages';
import { useMay } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { refreshApproved } from '@/lib/actions/snapshots';

/** Reads git anew: what was pushed there by hand counts from then on. */
export function RefreshApproved({ environmentId }: { environmentId: string }) {
  const may = useMay('snapshot:write');
  const refresh = useAct(refreshApproved);
  const active = useJobActive(refresh);
  return (
    <div>
      <Button
        why={may ? undefined : 'Reading git takes the role developer.'}
        busy={active && 'Reading git…'}
        onClick={() => refresh.mutate({ environmentId })}
      >
        Read git again
      </Button>
      <JobStages started={refresh} />
    </div>
  );
}
