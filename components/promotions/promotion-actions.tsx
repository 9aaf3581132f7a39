'use client';

import { RotateCw } from 'lucide-react';
import { useId, useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Why } from '@/components/ui/why';
import { cancelPromotion, refreshPromotion } from '@/lib/actions/promotions';
import { toShownProblem } from '@/lib/client/problem-error';
import { isWaiting } from '@/lib/features/delivery/promotions/model';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';

/** Looking again, and giving it up; both only while nothing was begun. */
export function PromotionActions({ promotion }: { promotion: Promotion }) {
  const refresh = useRefresh('promotions', 'pipelines');
  const replan = useAct(refreshPromotion, { onSuccess: refresh });
  const id = useId();
  if (!isWaiting(promotion.status)) return null;
  const { refresh: again, cancel } = promotion.can;
  // Who may do neither reads it once.
  const whyId = cancel.reason !== null && cancel.reason === again.reason ? id : undefined;
  return (
    <>
      <FormProblem problem={replan.error && toShownProblem(replan.error)} />
      <Button
        why={whyId ? undefined : (again.reason ?? undefined)}
        whyId={whyId}
        busy={replan.isPending && 'Reading both sides…'}
        onClick={() => replan.mutate({ id: promotion.id })}
      >
        <Icon of={RotateCw} />
        Look again
      </Button>
      <Cancel promotion={promotion} whyId={whyId} />
      {whyId && <Why id={whyId}>{cancel.reason}</Why>}
    </>
  );
}

function Cancel({ promotion, whyId }: { promotion: Promotion; whyId: string | undefined }) {
  const [open, setOpen] = useState(false);
  const refresh = useRefresh('promotions', 'pipelines');
  const cancel = useAct(cancelPromotion, { onSuccess: refresh });
  return (
    <>
      <Button
        variant="ghost"
        why={whyId ? undefined : (promotion.can.cancel.reason ?? undefined)}
        whyId={whyId}
        onClick={() => setOpen(true)}
      >
        Cancel promotion…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Cancel this promotion?"
        description="Nothing was written. What was chosen and bound stays known; another promotion can be made at any time."
        confirm="Cancel it"
        keep="Keep it"
        busy={cancel.isPending && 'Cancelling…'}
        onConfirm={() => cancel.mutate({ id: promotion.id }, { onSuccess: () => setOpen(false) })}
      >
        <FormProblem problem={cancel.error && toShownProblem(cancel.error)} />
      </ConfirmDialog>
    </>
  );
}
