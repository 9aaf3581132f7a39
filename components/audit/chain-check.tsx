'use client';

import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Status } from '@/components/ui/status';
import { toShownProblem } from '@/lib/client/problem-error';
import { verifyAudit } from './queries';

/** Walks the chain of hashes on request, and says whether every entry follows from the one before. */
export function ChainCheck() {
  const { slug } = useTenant();
  const check = useMutation({ mutationFn: () => verifyAudit(slug) });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={() => check.mutate()} busy={check.isPending && 'Walking the chain…'}>
        <Icon of={ShieldCheck} />
        Verify the chain
      </Button>
      <div aria-live="polite">
        {check.data?.intact && (
          <Status kind="ok" word={`Intact: all ${check.data.length} entries follow from each other`} />
        )}
        {check.data?.intact === false && (
          <Status
            kind="bad"
            word={`Broken at #${check.data.brokenAt}: ${check.data.length} entries before it hold. Tell the operator.`}
            className="whitespace-normal"
          />
        )}
        {check.error && <Status kind="unknown" word={`Not known: ${toShownProblem(check.error).detail}`} />}
      </div>
    </div>
  );
}
