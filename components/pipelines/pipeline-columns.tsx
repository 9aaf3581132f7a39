import type { DataColumn } from '@/components/patterns/data-table/columns';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { Pipeline } from '@/lib/features/delivery/pipelines/schema';

export const pipelineColumns = (slug: string): DataColumn<Pipeline>[] => [
  {
    id: 'name',
    header: 'Pipeline',
    sort: 'ascending',
    phone: 'title',
    rowHeader: true,
    cell: (row) => (
      <div>
        <NameLink href={`/t/${slug}/pipelines/${row.id}`}>{row.name}</NameLink>
        <span className="block truncate text-12 text-ink-3">{row.description ?? `${row.stages.length} stages`}</span>
      </div>
    ),
  },
  {
    id: 'stages',
    header: 'Stages',
    cell: ({ stages }) => (
      <ol className="grid gap-0.5">
        {stages.map(({ id, source, target }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-1.5">
            <EnvironmentName tier={source.class} name={source.name} />
            <span aria-hidden="true">→</span>
            <span className="sr-only">to</span>
            <EnvironmentName tier={target.class} name={target.name} />
          </li>
        ))}
      </ol>
    ),
  },
  {
    id: 'approval',
    header: 'Approval',
    cell: ({ stages }) => {
      const asked = stages.filter(({ requireApproval }) => requireApproval).length;
      return <span className="text-ink-2">{asked === 0 ? 'none' : `in ${asked} of ${stages.length}`}</span>;
    },
  },
  { id: 'state', header: 'State', cell: (row) => <PipelineState pipeline={row} /> },
  {
    id: 'open',
    header: 'On the way',
    align: 'end',
    width: '7rem',
    cell: ({ id, openPromotions }) =>
      openPromotions === 0 ? (
        <span className="text-ink-3">none</span>
      ) : (
        <TextLink href={`/t/${slug}/promotions?pipelineId=${id}`}>{openPromotions}</TextLink>
      ),
  },
  { id: 'updatedAt', header: 'Changed', sort: 'descending', align: 'end', cell: (row) => <Time at={row.updatedAt} /> },
];

/** Whether anything can be promoted through it. */
export function PipelineState({ pipeline: { isActive, stages } }: { pipeline: Pipeline }) {
  const held = stages.filter(({ hold }) => hold).length;
  if (!isActive) return <Status kind="wait" word="Not in use" />;
  if (held === 0) return <Status kind="ok" word="In use" />;
  return <Status kind="hold" word={held === stages.length ? 'On hold' : `${held} of ${stages.length} on hold`} />;
}
