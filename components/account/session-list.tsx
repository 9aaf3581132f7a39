'use client';

import { useQuery } from '@tanstack/react-query';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import { endSession } from '@/lib/actions/account';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Session } from '@/lib/features/identity/sessions/schema';
import { browserInWords } from './browser-words';
import { ALL_SESSIONS, sessions } from './queries';

const COLUMNS: readonly DataColumn<Session>[] = [
  {
    id: 'where',
    header: 'Where',
    phone: 'title',
    cell: (row) => (
      <div className="min-w-0">
        <span className="flex items-center gap-2 font-medium">
          {browserInWords(row.userAgent)}
          {row.current && <Badge tone="accent">this one</Badge>}
        </span>
        <span className="block truncate text-12 text-ink-3">
          {row.ip ?? 'address not known'} · by {row.method}
        </span>
      </div>
    ),
  },
  { id: 'lastSeen', header: 'Last seen', width: '9rem', cell: (row) => <Time at={row.lastSeenAt} /> },
  { id: 'createdAt', header: 'Since', width: '9rem', cell: (row) => <Time at={row.createdAt} /> },
  { id: 'expiresAt', header: 'Ends', width: '9rem', cell: (row) => <Time at={row.expiresAt} /> },
  {
    id: 'actions',
    header: '',
    headerNode: <span className="sr-only">Actions</span>,
    align: 'end',
    width: '7rem',
    cell: (row) => <EndSession session={row} />,
  },
];

/** Every place where the person is signed in. */
export function SessionList() {
  const { data, error, refetch } = useQuery(sessions(useTenant().slug, ALL_SESSIONS));
  return (
    <div className="pt-2">
      <DataTable
        label="sessions"
        columns={COLUMNS}
        rows={data?.items}
        rowId={(row) => row.id}
        rowName={(row) => browserInWords(row.userAgent)}
        lines={2}
        expectedRows={2}
        problem={error && toShownProblem(error)}
        onRetry={refetch}
        empty={
          <EmptyState
            title="No session is left"
            why="This one has ended too."
            next={
              <Button size="sm" onClick={() => location.assign('/sign-in')}>
                Sign in
              </Button>
            }
          />
        }
      />
    </div>
  );
}

/** The session of this page ends by signing out. */
function EndSession({ session }: { session: Session }) {
  const refresh = useRefresh('sessions');
  const end = useAct(endSession, { onSuccess: refresh });
  if (session.current) return null;
  const fail = (error: Error) => toast({ kind: 'bad', title: 'It goes on', detail: toShownProblem(error).detail });
  return (
    <Button
      size="sm"
      aria-label={`End the session of ${browserInWords(session.userAgent)}`}
      busy={end.isPending && 'Ending…'}
      onClick={() => end.mutate({ id: session.id }, { onError: fail })}
    >
      End it
    </Button>
  );
}
