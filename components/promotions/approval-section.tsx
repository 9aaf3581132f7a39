'use client';

import { useId, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { Why } from '@/components/ui/why';
import { approvePromotion, rejectPromotion } from '@/lib/actions/promotions';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';

/** Who decided about which plan, and deciding. An approval is for the plan on the page, and no other. */
export function ApprovalSection({ promotion }: { promotion: Promotion }) {
  const { requireApproval, decisions, status, can } = promotion;
  const id = useId();
  // Who may do neither reads it once.
  const whyId = can.reject.reason !== null && can.reject.reason === can.approve.reason ? id : undefined;
  return (
    <Section
      title={<span id="approval">Approval</span>}
      note={requireApproval ? 'one, by somebody else' : 'not asked for here'}
    >
      {decisions.length > 0 && (
        <ul>
          {decisions.map((decision) => (
            <Verdict key={decision.at} decision={decision} />
          ))}
        </ul>
      )}
      {requireApproval && decisions.length === 0 && <p className="py-3 text-ink-2">Nobody has decided yet.</p>}
      {!requireApproval && decisions.length === 0 && (
        <p className="py-3 text-ink-2">The stage lets it through as soon as nothing is missing.</p>
      )}
      {status === 'pending_approval' && (
        <div className="flex flex-wrap items-center gap-2 pt-3">
          <Decide promotion={promotion} verdict="approve" whyId={whyId} />
          <Decide promotion={promotion} verdict="reject" whyId={whyId} />
          {whyId && <Why id={whyId}>{can.reject.reason}</Why>}
        </div>
      )}
    </Section>
  );
}

function Verdict({ decision }: { decision: Promotion['decisions'][number] }) {
  const { verdict, comment, actor, at, counts } = decision;
  return (
    <li className="flex gap-2.5 border-b border-line py-2">
      <Avatar name={actor.label} />
      <div>
        <p className="flex flex-wrap items-center gap-x-2">
          <b>{actor.label}</b> {verdict} the plan <Time at={at} />
          {verdict === 'approved' && !counts && <Status kind="warn" word="void: the plan is another one since" />}
        </p>
        {comment && <p className="text-ink-2">{comment}</p>}
      </div>
    </li>
  );
}

const WORDS = {
  approve: {
    verb: 'Approve',
    title: 'Approve this plan?',
    says: 'Both instances are read again first: if anything moved, nothing is approved and the new plan is shown.',
    busy: 'Checking again…',
  },
  reject: {
    verb: 'Reject',
    title: 'Reject this promotion?',
    says: 'It is over then; nothing was written. Another one can be made at any time.',
    busy: 'Rejecting…',
  },
} as const;

type DecideProps = { promotion: Promotion; verdict: 'approve' | 'reject'; whyId: string | undefined };

/** Approves or rejects with a comment. The digest goes along, so that only what was looked at is approved. */
function Decide({ promotion, verdict, whyId }: DecideProps) {
  const [open, setOpen] = useState(false);
  const [comment, setComment] = useState('');
  const refresh = useRefresh('promotions', 'pipelines');
  const decided = { onSuccess: refresh };
  const approve = useAct(approvePromotion, decided);
  const reject = useAct(rejectPromotion, decided);
  const act = verdict === 'approve' ? approve : reject;
  const { id, plan, can } = promotion;
  const { verb, title, says, busy } = WORDS[verdict];
  const send = () => {
    const said = { id, comment: comment.trim() || undefined };
    const done = { onSuccess: () => setOpen(false), onError: refresh };
    if (verdict === 'approve') approve.mutate({ ...said, planDigest: plan?.digest }, done);
    else reject.mutate(said, done);
  };
  return (
    <>
      <Button
        variant={verdict === 'approve' ? 'primary' : 'default'}
        why={whyId ? undefined : (can[verdict].reason ?? undefined)}
        whyId={whyId}
        onClick={() => setOpen(true)}
      >
        {verb}…
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={title}
        description={says}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Decide later</Button>
            <Button variant={verdict === 'approve' ? 'primary' : 'danger'} busy={act.isPending && busy} onClick={send}>
              {verb}
            </Button>
          </>
        }
      >
        <Field label="Comment" hint="Optional. Stays with the decision and in the audit log.">
          <Textarea value={comment} onChange={(event) => setComment(event.target.value)} maxLength={2_000} rows={2} />
        </Field>
        <FormProblem problem={act.error && toShownProblem(act.error)} />
      </Dialog>
    </>
  );
}
