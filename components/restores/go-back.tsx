'use client';

import { useRouter } from 'next/navigation';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { rollBackWorkflow } from '@/lib/actions/restores';
import { toShownProblem } from '@/lib/client/problem-error';

type GoBackProps = { snapshotId: string; workflowId: string };

/** Plans the way back to an earlier version of one workflow; the plan is shown before anything is written. */
export function GoBack({ snapshotId, workflowId }: GoBackProps) {
  const router = useRouter();
  const { slug } = useTenant();
  const plan = useAct(rollBackWorkflow, { onSuccess: ({ id }) => router.push(`/t/${slug}/restores/${id}`) });
  return (
    <Button
      size="sm"
      busy={plan.isPending && 'Planning…'}
      onClick={() =>
        plan.mutate(
          { snapshotId, workflowId },
          { onError: (error) => toast({ kind: 'bad', title: 'Not planned', detail: toShownProblem(error).detail }) },
        )
      }
    >
      Go back to it…
    </Button>
  );
}
