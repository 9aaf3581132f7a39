'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Why } from '@/components/ui/why';
import { approveDriftApproval, cancelDriftApproval, rejectDriftApproval } from '@/lib/actions/drift';
import { toShownProblem } from '@/lib/client/problem-error';
import type { DriftApproval } from '@/lib/features/drift/drift-approvals/schema';
import { askedInWords } from './incident-words';

type Verdict = 'approve' | 'reject' | 'cancel';

const WORDS: Record<Verdict, { verb: string; says: string; keep: string }> = {
  approve: {
    verb: 'Approve',
    says: 'It allows exactly this, once, and only while the drift is as it is now. Nothing happens by itself.',
    keep: 'Decide later',
  },
  reject: { verb: 'Reject', says: 'Nothing is done. Somebody can ask anew.', keep: 'Decide later' },
  cancel: { verb: 'Withdraw', says: 'Nothing is done. Somebody can ask anew.', keep: 'Leave it' },
};

/** Decides what a second person was asked for; who may not is told why, once. */
export function DecideApproval({ approval }: { approval: DriftApproval }) {
  const { can } = approval;
  if (approval.status !== 'pending') return null;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {can.reject.allowed && <Decide approval={approval} verdict="approve" why={can.approve.reason ?? undefined} />}
      {can.reject.allowed && <Decide approval={approval} verdict="reject" />}
      {can.cancel.allowed && <Decide approval={approval} verdict="cancel" />}
      {!can.reject.allowed && <Why>{can.reject.reason}</Why>}
    </span>
  );
}

function Decide({ approval, verdict, why }: { approval: DriftApproval; verdict: Verdict; why?: string }) {
  const [open, setOpen] = useState(false);
  const [comment, setComment] = useState('');
  const refresh = useRefresh('incidents');
  const options = { onSuccess: refresh };
  const decisions = {
    approve: useAct(approveDriftApproval, options),
    reject: useAct(rejectDriftApproval, options),
    cancel: useAct(cancelDriftApproval, options),
  };
  const decide = decisions[verdict];
  const { verb, says, keep } = WORDS[verdict];
  return (
    <>
      <Button
        size="sm"
        variant={verdict === 'approve' ? 'primary' : verdict === 'cancel' ? 'ghost' : undefined}
        why={why}
        onClick={() => setOpen(true)}
      >
        {verb}…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`${verb}: ${askedInWords(approval)} in ${approval.environment.name}?`}
        description={says}
        confirm={verb}
        keep={keep}
        variant="primary"
        busy={decide.isPending && 'Sending…'}
        onConfirm={() =>
          decide.mutate({ id: approval.id, comment: comment.trim() || undefined }, { onSuccess: () => setOpen(false) })
        }
      >
        <Field label="Comment" hint="Optional. Stays in the timeline.">
          <Textarea value={comment} onChange={(event) => setComment(event.target.value)} maxLength={2_000} rows={2} />
        </Field>
        <FormProblem problem={decide.error && toShownProblem(decide.error)} />
      </ConfirmDialog>
    </>
  );
}
