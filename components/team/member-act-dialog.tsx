'use client';

import type { ReactNode } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { FormProblem } from '@/components/patterns/form-problem';
import { ShownOnce } from '@/components/patterns/shown-once';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { makeResetLink, removeMember, resendInvitation, revokeInvitation } from '@/lib/actions/team';
import { toShownProblem } from '@/lib/client/problem-error';
import type { TeamMember } from '@/lib/features/identity/teams/schema';
import { InvitationLink } from './invitation-link';

export type MemberAct = 'resend' | 'revoke' | 'reset-link' | 'remove';
type QuestionProps = { open: boolean; member: TeamMember; onClose(): void };

/** The question before an act about one person, and what came of it. */
export function MemberActDialog({ act, member, onClose }: Omit<QuestionProps, 'open'> & { act: MemberAct | null }) {
  return (
    <>
      <Resend open={act === 'resend'} member={member} onClose={onClose} />
      <Revoke open={act === 'revoke'} member={member} onClose={onClose} />
      <ResetLink open={act === 'reset-link'} member={member} onClose={onClose} />
      <Remove open={act === 'remove'} member={member} onClose={onClose} />
    </>
  );
}

function Remove({ open, member, onClose }: QuestionProps) {
  const refresh = useRefresh('team');
  const remove = useAct(removeMember, { onSuccess: refresh });
  const name = member.name ?? member.email;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={`Remove ${name}?`}
      description="They lose access with their next request, and their API keys are revoked for good. What they did stays in the audit log. They can be invited again."
      confirm="Remove"
      keep="Keep them"
      busy={remove.isPending && 'Removing…'}
      onConfirm={() => remove.mutate({ id: member.id }, { onSuccess: onClose })}
    >
      <FormProblem problem={remove.error && toShownProblem(remove.error)} />
    </ConfirmDialog>
  );
}

function Revoke({ open, member, onClose }: QuestionProps) {
  const refresh = useRefresh('team');
  const revoke = useAct(revokeInvitation, { onSuccess: refresh });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={`Take back the invitation of ${member.email}?`}
      description="Its link ends. They can be invited again."
      confirm="Take it back"
      keep="Keep it"
      busy={revoke.isPending && 'Taking it back…'}
      onConfirm={() => revoke.mutate({ id: member.id }, { onSuccess: onClose })}
    >
      <FormProblem problem={revoke.error && toShownProblem(revoke.error)} />
    </ConfirmDialog>
  );
}

function Resend({ open, member, onClose }: QuestionProps) {
  const refresh = useRefresh('team');
  const resend = useAct(resendInvitation, { onSuccess: refresh });
  return (
    <LinkDialog
      open={open}
      onClose={() => {
        resend.reset();
        onClose();
      }}
      question={`Send ${member.email} a new link?`}
      consequence="It works for another week. The old link ends."
      verb="Make a new link"
      act={resend}
      onConfirm={() => resend.mutate({ id: member.id })}
    >
      {resend.data && (
        <InvitationLink sent={{ email: member.email, link: resend.data.link, mailed: resend.data.mailed }} />
      )}
    </LinkDialog>
  );
}

function ResetLink({ open, member, onClose }: QuestionProps) {
  const make = useAct(makeResetLink);
  const name = member.name ?? member.email;
  return (
    <LinkDialog
      open={open}
      onClose={() => {
        make.reset();
        onClose();
      }}
      question={`Make ${name} a link to a new password?`}
      consequence="Whoever has the link chooses the password, and every session of theirs ends. It works for somebody who is in this organisation alone."
      verb="Make the link"
      act={make}
      onConfirm={() => make.mutate({ id: member.id })}
    >
      {make.data && (
        <ShownOnce label="Link" secret={make.data.link}>
          It works once, within {make.data.expiresInHours} hours. Hand it to {name} in a way that only they can read.
        </ShownOnce>
      )}
    </LinkDialog>
  );
}

type LinkDialogProps = {
  open: boolean;
  onClose(): void;
  question: string;
  consequence: string;
  verb: string;
  act: { isPending: boolean; error: Error | null };
  onConfirm(): void;
  /** The link, once it is there. */
  children: ReactNode;
};

/** First the question, then the link in its place. */
function LinkDialog({ open, onClose, question, consequence, verb, act, onConfirm, children }: LinkDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={children ? 'The link' : question}
      description={children ? undefined : consequence}
      footer={
        <>
          <Button onClick={onClose}>{children ? 'Done' : 'Cancel'}</Button>
          {!children && (
            <Button variant="primary" busy={act.isPending && 'Making it…'} onClick={onConfirm}>
              {verb}
            </Button>
          )}
        </>
      }
    >
      <FormProblem problem={act.error && toShownProblem(act.error)} />
      {children}
    </Dialog>
  );
}
