'use client';

import { X } from 'lucide-react';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Status } from '@/components/ui/status';
import { stopDeployment } from '@/lib/actions/deployments';
import { toShownProblem } from '@/lib/client/problem-error';
import { isActive } from '@/lib/features/delivery/deployments/model';
import type { Deployment } from '@/lib/features/delivery/deployments/schema';

/** The way out of a deployment that runs. It asks nothing more: what was written is put back, and promoting again redoes it. */
export function Stop({ deployment: { id, status, stopAsked, can } }: { deployment: Deployment }) {
  const refresh = useRefresh('deployments', 'promotions');
  const stop = useAct(stopDeployment, { onSuccess: refresh });
  if (!isActive(status)) return null;
  if (stopAsked) return <Status kind="hold" word={`${stopAsked.by} stops it after this step`} />;
  return (
    <>
      <span role="alert" className="text-12 text-bad empty:hidden">
        {stop.error && toShownProblem(stop.error).detail}
      </span>
      {can.stop.allowed && <span className="text-12 text-ink-3">What was written is put back</span>}
      <Button
        why={can.stop.reason ?? undefined}
        busy={stop.isPending && 'Sending…'}
        onClick={() => stop.mutate({ id })}
      >
        <Icon of={X} />
        Stop after this step
      </Button>
    </>
  );
}
