'use client';

import { FormProblem } from '@/components/patterns/form-problem';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { executeRestore } from '@/lib/actions/restores';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Restore } from '@/lib/features/history/restore/schema';

/** Runs a planned restore; its digest goes along, so that only this plan is run. */
export function ExecuteRestore({ restore: { id, environment, plan, execute } }: { restore: Restore }) {
  const refresh = useRefresh('runs');
  const run = useAct(executeRestore, { onSuccess: refresh });
  const why = execute.allowed ? undefined : [execute.detail, execute.allowedBy].filter(Boolean).join(' ');
  return (
    <div className="grid gap-2">
      <Button
        variant={environment.class === 'production' ? 'prod' : 'primary'}
        why={why}
        busy={(run.isPending || run.isSuccess) && 'Sending…'}
        onClick={() => run.mutate({ environment_id: environment.id, restoreId: id, digest: plan.digest })}
      >
        Run this plan
      </Button>
      <FormProblem problem={run.error && toShownProblem(run.error)} />
    </div>
  );
}
