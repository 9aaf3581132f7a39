'use client';

import { useMe } from '@/components/account/queries';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EmptyState } from '@/components/patterns/empty-state';
import { FilterSelect } from '@/components/shell/filter-select';
import { ServerList } from '@/components/shell/server-list';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { ROLES } from '@/lib/core/permissions';
import type { TeamMember } from '@/lib/features/identity/teams/schema';
import { InviteButton } from './invite-dialog';
import { TEAM_FILTERS, TEAM_SORT } from './list-settings';
import { MemberMenu } from './member-menu';
import { team } from './queries';

const COLUMNS: readonly DataColumn<TeamMember>[] = [
  { id: 'email', header: 'Person', sort: 'ascending', phone: 'title', cell: (row) => <Person member={row} /> },
  { id: 'role', header: 'Role', sort: 'ascending', width: '8rem', cell: (row) => <Badge>{row.role}</Badge> },
  { id: 'status', header: 'State', sort: 'ascending', width: '14rem', cell: (row) => <MemberState member={row} /> },
  {
    id: 'lastSeen',
    header: 'Last seen',
    width: '9rem',
    cell: (row) => (row.lastSeenAt ? <Time at={row.lastSeenAt} /> : <span className="text-ink-3">not yet</span>),
  },
  {
    id: 'actions',
    header: '',
    headerNode: <span className="sr-only">Actions</span>,
    align: 'end',
    width: '4rem',
    cell: (row) => <MemberMenu member={row} />,
  },
];

const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: role }));
const STATE_OPTIONS = [
  { value: 'active', label: 'active' },
  { value: 'invited', label: 'invited' },
  { value: 'expired', label: 'invitation expired' },
];

/** Members and open invitations, as one list. */
export function TeamList() {
  return (
    <ServerList
      noun="people"
      resource={team}
      columns={COLUMNS}
      firstSort={TEAM_SORT}
      searchLabel="Name or e-mail"
      filterNames={TEAM_FILTERS}
      filters={({ filters, setFilter }) => (
        <>
          <FilterSelect
            label="Role"
            value={filters.role}
            options={ROLE_OPTIONS}
            onChange={(value) => setFilter('role', value)}
          />
          <FilterSelect
            label="State"
            value={filters.status}
            options={STATE_OPTIONS}
            onChange={(value) => setFilter('status', value)}
          />
        </>
      )}
      rowName={(row) => row.name ?? row.email}
      lines={2}
      empty={<EmptyState title="Nobody is here" why="Invite the first person." next={<InviteButton />} />}
    />
  );
}

function Person({ member }: { member: TeamMember }) {
  const isViewer = useMe().data?.user?.id === member.userId && member.userId !== null;
  return (
    <div className="flex min-w-0 items-start gap-2">
      <Avatar name={member.name ?? member.email} />
      <div className="min-w-0">
        <span className="flex items-center gap-2 font-medium wrap-anywhere">
          {member.name ?? member.email}
          {isViewer && <Badge tone="accent">you</Badge>}
        </span>
        {member.name && <span className="block truncate text-12 text-ink-3">{member.email}</span>}
      </div>
    </div>
  );
}

function MemberState({ member }: { member: TeamMember }) {
  if (member.status === 'active') return <Status kind="ok" word="Active" />;
  const isOpen = member.status === 'invited';
  return (
    <div>
      <Status kind={isOpen ? 'wait' : 'warn'} word={isOpen ? 'Invited' : 'Invitation expired'} />
      {member.expiresAt && (
        <span className="block pl-5 text-12 text-ink-3">
          <Time at={member.expiresAt} prefix={isOpen ? 'ends' : undefined} />
        </span>
      )}
    </div>
  );
}
