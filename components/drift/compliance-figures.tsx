'use client';

import type { ReactNode } from 'react';
import { OUTCOME_WORDS, STATUS_WORDS } from '@/components/incidents/incident-words';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { EmptyState } from '@/components/patterns/empty-state';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { formatSpan } from '@/lib/client/time-format';
import type { Compliance } from '@/lib/features/drift/drift-reports/schema';
import { SEVERITY_WORDS } from './drift-words';

const HOUR = 3_600_000;
type ReportProps = { report: Compliance };

/** The period in four figures. What has not happened is said, not counted as good. */
export function ComplianceFigures({ report }: ReportProps) {
  const { total, inTimePercentage, averageHours, expiredCount, checks } = report;
  const figures: [string, ReactNode, string][] = [
    ['Incidents', total, `${expiredCount} of them ran over`],
    [
      'Dealt with in time',
      inTimePercentage === null ? 'unknown' : `${Math.round(inTimePercentage)} %`,
      inTimePercentage === null ? 'none was due or has ended' : 'of those that were due or have ended',
    ],
    [
      'From detection to end',
      averageHours === null ? 'unknown' : formatSpan(averageHours * HOUR),
      averageHours === null ? 'none has ended' : 'on average',
    ],
    ['Checks', checks.total, checks.failed === 0 ? 'none failed' : `${checks.failed} failed and said nothing`],
  ];
  return (
    <dl className="mt-4 grid grid-cols-4 gap-x-6 gap-y-4 border-y border-line py-4 max-md:grid-cols-2">
      {figures.map(([name, value, note]) => (
        <div key={name}>
          <dt className="text-12 text-ink-3">{name}</dt>
          <dd>
            <b className="block text-28 font-semibold">{value}</b>
            <span className="text-12 text-ink-3">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Days with anything in them, as bars beside their numbers: the table is the picture. */
export function OverTime({ report: { overTime } }: ReportProps) {
  if (overTime.length === 0) return null;
  const most = Math.max(...overTime.map(({ detected, closed }) => Math.max(detected, closed)));
  const bar = (count: number, ink: string) => (
    <span className="flex items-center gap-2">
      <span className="w-6 text-right tabular-nums">{count}</span>
      <svg aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none" className={`h-1.5 w-full max-w-60 ${ink}`}>
        <rect width={(count / most) * 100} height={6} fill="currentColor" />
      </svg>
    </span>
  );
  return (
    <Section title="Day by day" note="UTC">
      <table className="w-full">
        <thead className="text-left text-12 text-ink-3">
          <tr>
            <th className="py-1.5 font-medium">Day</th>
            <th className="py-1.5 font-medium">Detected</th>
            <th className="py-1.5 font-medium">Ended</th>
          </tr>
        </thead>
        <tbody>
          {overTime.map(({ day, detected, closed }) => (
            <tr key={day} className="border-t border-line">
              <th className="w-32 py-1.5 text-left font-normal">{day}</th>
              <td>{bar(detected, 'text-bad')}</td>
              <td>{bar(closed, 'text-ok')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** What was allowed to differ, by whom, why and until when. */
export function Acceptances({ report: { acceptances, acceptanceCount } }: ReportProps) {
  const { slug } = useTenant();
  if (acceptances.length === 0) return null;
  return (
    <Section title="Allowed to differ" note={ofAll(acceptances.length, acceptanceCount)}>
      <ul>
        {acceptances.map(({ id, incidentId, environment, workflowCount, reason, by, at, until }) => (
          <li key={id} className="border-b border-line py-2">
            <span className="flex flex-wrap gap-x-4">
              <b className="font-medium">{environment}</b>
              <Time at={until} show="full" prefix="until" />
              <TextLink href={`/t/${slug}/incidents/${incidentId}`}>
                {workflowCount === 1 ? '1 workflow' : `${workflowCount} workflows`}
              </TextLink>
            </span>
            <span className="block text-12 text-ink-3">
              {by} <Time at={at} />: <q>{reason}</q>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Row = Compliance['incidents'][number];

const COLUMNS: readonly DataColumn<Row>[] = [
  { id: 'title', header: 'Incident', phone: 'title', rowHeader: true, cell: (row) => <Named row={row} /> },
  { id: 'severity', header: 'Severity', cell: ({ severity }) => <Status {...SEVERITY_WORDS[severity]} /> },
  {
    id: 'status',
    header: 'State',
    cell: ({ status, resolution }) => (
      <span>
        <Status {...STATUS_WORDS[status]} />
        {resolution && <span className="block text-12 text-ink-3">{OUTCOME_WORDS[resolution]}</span>}
      </span>
    ),
  },
  {
    id: 'inTime',
    header: 'In time',
    cell: ({ inTime }) =>
      inTime === null ? (
        <span className="text-ink-3">not yet known</span>
      ) : (
        <Status kind={inTime ? 'ok' : 'bad'} word={inTime ? 'yes' : 'no'} />
      ),
  },
  {
    id: 'hours',
    header: 'Took',
    align: 'end',
    cell: ({ hours }) => (hours === null ? <span className="text-ink-3">open</span> : formatSpan(hours * HOUR)),
  },
  { id: 'detectedAt', header: 'Detected', align: 'end', cell: ({ detectedAt }) => <Time at={detectedAt} /> },
];

function Named({ row }: { row: Row }) {
  return <NameLink href={`/t/${useTenant().slug}/incidents/${row.id}`}>{row.title}</NameLink>;
}

/** The page shows the newest of many; the file has them all. */
const ofAll = (shown: number, all: number) => (shown < all ? `newest ${shown} of ${all}` : all);

/** The incidents of the period, the newest first. */
export function ComplianceIncidents({ report: { incidents, total } }: ReportProps) {
  const { slug } = useTenant();
  return (
    <Section title="Incidents" note={ofAll(incidents.length, total)}>
      <DataTable
        label="incidents of the period"
        columns={COLUMNS}
        rows={incidents}
        rowId={({ id }) => id}
        rowName={({ title }) => title}
        lines={2}
        empty={
          <EmptyState
            title="No incident in this period"
            why="Nothing was found to differ from what was approved, as far as checks succeeded."
            next={<ButtonLink href={`/t/${slug}/incidents/checks`}>Look at the checks</ButtonLink>}
          />
        }
      />
    </Section>
  );
}
