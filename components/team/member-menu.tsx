'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useMe } from '@/components/account/queries';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { IconButton } from '@/components/ui/button';
import { DropdownMenu, type MenuItem } from '@/components/ui/dropdown-menu';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { useFirstOpen } from '@/components/ui/use-first-open';
import { updateMember } from '@/lib/actions/team';
import { toShownProblem } from '@/lib/client/problem-error';
import { ROLES, type Role } from '@/lib/core/permissions';
import type { TeamMember } from '@/lib/features/identity/teams/schema';
import { type MemberAct, MemberActDialog } from './member-act-dialog';
import { useAdminCount } from './queries';
import { ROLE_WORDS } from './role-words';

/** What an admin can do about one person or invitation. For everybody else there is nothing to open. */
export function MemberMenu({ member }: { member: TeamMember }) {
  const may = useMay('team:write');
  const [asked, setAsked] = useState<MemberAct | null>(null);
  const wasAsked = useFirstOpen(asked !== null);
  const memberItems = useMemberItems(member, setAsked);
  if (!may) return null;
  const items: MenuItem[] =
    member.status === 'active'
      ? memberItems
      : [
          {
            label: 'Send again',
            detail: 'A new link for another week; the old one ends.',
            onSelect: () => setAsked('resend'),
          },
          { kind: 'line' },
          { label: 'Take the invitation back', danger: true, onSelect: () => setAsked('revoke') },
        ];
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label={`Actions for ${member.name ?? member.email}`} size="icon-sm">
            <Icon of={Ellipsis} />
          </IconButton>
        }
        items={items}
      />
      {wasAsked && <MemberActDialog act={asked} member={member} onClose={() => setAsked(null)} />}
    </>
  );
}

const LAST_ADMIN = 'The last admin. Make somebody else admin first.';

function useMemberItems(member: TeamMember, ask: (act: MemberAct) => void): MenuItem[] {
  const { slug } = useTenant();
  const changeRole = useRoleChange(member);
  const isViewer = useMe().data?.user?.id === member.userId;
  const adminCount = useAdminCount();
  const lastAdmin = member.role === 'admin' && adminCount === 1 ? LAST_ADMIN : undefined;
  const others = ROLES.filter((role) => role !== member.role);
  return [
    { kind: 'heading', label: `Role: ${member.role}` },
    ...others.map((role) => ({
      label: `Make ${role}`,
      detail: ROLE_WORDS[role],
      why: lastAdmin,
      onSelect: () => changeRole(role),
    })),
    { kind: 'line' },
    ...(isViewer
      ? [{ kind: 'link' as const, label: 'Leave the organisation', href: `/t/${slug}/organisation#leave` }]
      : [
          {
            label: 'Make a link to a new password',
            detail: 'For somebody whose mail does not arrive.',
            onSelect: () => ask('reset-link'),
          },
          { label: 'Remove', danger: true, why: lastAdmin, onSelect: () => ask('remove') },
        ]),
  ];
}

/** A change of role is undone as easily as it is made, so nothing is asked before. */
function useRoleChange(member: TeamMember) {
  const refresh = useRefresh('team');
  const update = useAct(updateMember, { onSuccess: refresh });
  const name = member.name ?? member.email;
  return (role: Role) =>
    update
      .mutateAsync({ id: member.id, role })
      .then(() =>
        toast({
          kind: 'ok',
          title: `${name} is ${role} now`,
          action: { label: 'Undo', run: () => update.mutate({ id: member.id, role: member.role }) },
        }),
      )
      .catch((error) => {
        const { detail, allowedBy } = toShownProblem(error);
        toast({ kind: 'bad', title: `${name} stays ${member.role}`, detail: [detail, allowedBy].join(' ') });
      });
}
