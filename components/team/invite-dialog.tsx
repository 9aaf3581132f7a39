'use client';

import { UserPlus } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { inviteMember } from '@/lib/actions/team';
import { ROLES, type Role } from '@/lib/core/permissions';
import { InvitationLink, type InvitationSent } from './invitation-link';
import { useTeamLimits } from './queries';
import { ROLE_WORDS } from './role-words';

/** Opens the invitation, or says why nobody can be invited. */
export function InviteButton() {
  const may = useMay('team:write');
  const limits = useTeamLimits().data;
  const [open, setOpen] = useState(false);
  const full = limits && !limits.canAddMore;
  const why = !may
    ? 'An admin of the organisation invites people.'
    : full
      ? `The plan has room for ${limits.max}; open invitations count.`
      : undefined;
  return (
    <>
      <Button variant="primary" why={why} onClick={() => setOpen(true)}>
        <Icon of={UserPlus} />
        Invite somebody
      </Button>
      <InviteDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

function InviteDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const formId = useId();
  const [sent, setSent] = useState<InvitationSent | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const change = (next: boolean) => {
    setSent(null);
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={sent ? `${sent.email} is invited` : 'Invite somebody'}
      description={sent ? undefined : 'They get a link that works for their address alone, for a week.'}
      footer={
        sent ? (
          <Button onClick={() => change(false)}>Done</Button>
        ) : (
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" busy={isBusy && 'Inviting…'}>
              Invite
            </Button>
          </>
        )
      }
    >
      {sent ? <InvitationLink sent={sent} /> : <InviteForm id={formId} onBusy={setIsBusy} onSent={setSent} />}
    </Dialog>
  );
}

type InviteFormProps = { id: string; onBusy(busy: boolean): void; onSent(sent: InvitationSent): void };

function InviteForm({ id, onBusy, onSent }: InviteFormProps) {
  const { slug } = useTenant();
  const refresh = useRefresh('team');
  const form = useFormAction(inviteMember, {
    tenant: slug,
    onDone({ invitation, link, mailed }) {
      refresh();
      onSent({ email: invitation.email, link, mailed });
    },
  });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { email = '', role } = fieldsOf(event.currentTarget);
    onBusy(true);
    await form.submit({ email, role: role as Role });
    onBusy(false);
  };
  return (
    <form id={id} onSubmit={submit} className="grid gap-4">
      <FormProblem problem={form.problem} />
      <Field label="E-mail" error={form.errorOf('email')}>
        <Input name="email" type="email" required autoComplete="off" />
      </Field>
      <Field label="Role" hint="It can be changed at any time." error={form.errorOf('role')}>
        <Select
          name="role"
          defaultValue="developer"
          options={ROLES.map((role) => ({ value: role, label: `${role}: ${ROLE_WORDS[role]}` }))}
        />
      </Field>
    </form>
  );
}
