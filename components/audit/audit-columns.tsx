import type { DataColumn } from '@/components/patterns/data-table/columns';
import { Avatar } from '@/components/ui/avatar';
import type { StatusKind } from '@/components/ui/glyph';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { AuditEntry } from '@/lib/features/identity/audit-log/schema';

const OUTCOMES: Record<AuditEntry['outcome'], { kind: StatusKind; word: string }> = {
  succeeded: { kind: 'ok', word: 'Succeeded' },
  failed: { kind: 'bad', word: 'Failed' },
  intended: { kind: 'wait', word: 'Intended' },
  denied: { kind: 'hold', word: 'Denied' },
};

export const OUTCOME_OPTIONS = Object.entries(OUTCOMES).map(([value, { word }]) => ({
  value,
  label: word.toLowerCase(),
}));

export const Outcome = ({ outcome }: { outcome: AuditEntry['outcome'] }) => <Status {...OUTCOMES[outcome]} />;

/** What the entry is about, in words. */
export const targetOf = ({ target }: AuditEntry): string =>
  target ? `${target.type.replaceAll('-', ' ')} ${target.label ?? target.id}` : '';

export const columnsFor = (onOpen: (entry: AuditEntry) => void): DataColumn<AuditEntry>[] => [
  {
    id: 'action',
    header: 'Entry',
    phone: 'title',
    cell: (row) => (
      <div className="min-w-0">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => onOpen(row)}
          className="-my-0.5 block min-h-6 text-left font-medium hover:underline hover:underline-offset-3"
        >
          {row.action}
        </button>
        <span className="block truncate text-12 text-ink-3">{targetOf(row) || `#${row.seq}`}</span>
      </div>
    ),
  },
  {
    id: 'actor',
    header: 'By',
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <Avatar name={row.actor.label} />
        <span className="min-w-0 wrap-anywhere">
          {row.actor.label}
          {row.actor.type === 'api_key' && <span className="text-ink-3"> (API key)</span>}
        </span>
      </span>
    ),
  },
  { id: 'outcome', header: 'Outcome', width: '9rem', cell: (row) => <Outcome outcome={row.outcome} /> },
  { id: 'at', header: 'When', width: '12rem', cell: (row) => <Time at={row.at} show="full" /> },
  {
    id: 'seq',
    header: 'Link',
    align: 'end',
    width: '5rem',
    phone: 'hide',
    cell: (row) => <span className="text-ink-3">#{row.seq}</span>,
  },
];
