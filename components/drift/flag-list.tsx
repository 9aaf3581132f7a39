'use client';

import type { ReactNode } from 'react';
import { useDriftPolicy } from '@/components/drift-policies/queries';
import type { DataColumn } from '@/components/patterns/data-table/columns';
import { DataTable } from '@/components/patterns/data-table/data-table';
import { useTenant } from '@/components/shell/tenant';
import { NameLink } from '@/components/ui/name-link';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { DriftReportDetail } from '@/lib/features/drift/drift-reports/schema';
import { CLASS_WORDS, EXPECTED_WORDS, SEVERITY_WORDS } from './drift-words';

type Flag = DriftReportDetail['flags'][number];

const COLUMNS: readonly DataColumn<Flag>[] = [
  { id: 'workflow', header: 'Workflow', phone: 'title', rowHeader: true, cell: (flag) => <Named flag={flag} /> },
  {
    id: 'class',
    header: 'How it differs',
    cell: ({ classes, sentences }) => (
      <span className="whitespace-normal">
        {classes.map((one) => CLASS_WORDS[one]).join(', ')}
        {sentences[0] && <span className="block text-12 text-ink-3">{firstOf(sentences)}</span>}
      </span>
    ),
  },
  { id: 'standing', header: 'Counts as', cell: (flag) => <Standing flag={flag} /> },
];

const firstOf = (sentences: readonly string[]) =>
  sentences.length > 1 ? `${sentences[0]} And ${sentences.length - 1} more.` : sentences[0];

function Named({ flag: { workflowId, name } }: { flag: Flag }) {
  const { slug } = useTenant();
  if (!workflowId) return <b className="font-medium">{name}</b>;
  return <NameLink href={`/t/${slug}/workflows/${workflowId}?tab=drift`}>{name}</NameLink>;
}

/** Drift with its severity; or why it is none, who answers for that, and until when. */
function Standing({ flag: { expected, severity, driftClass } }: { flag: Flag }) {
  const policy = useDriftPolicy().data;
  if (!expected && driftClass === 'unmanaged' && policy?.unmanagedIsDrift === false) {
    return <Status kind="wait" word="no drift, by policy" />;
  }
  if (!expected) return <Status {...SEVERITY_WORDS[severity]} word={`drift, ${severity}`} />;
  return (
    <span className="whitespace-normal">
      <Status kind="hold" word={EXPECTED_WORDS[expected.by]} />
      <span className="block text-12 text-ink-3">
        {expected.who}: {expected.reason} {expected.until && <Time at={expected.until} show="date" prefix="Until" />}
      </span>
    </span>
  );
}

type FlagListProps = { flags: readonly Flag[] | undefined; count: number | undefined; empty: ReactNode };

/** The workflows that differed in one check: drift first, then what is expected; of `count` the first ones. */
export function FlagList({ flags, count = 0, empty }: FlagListProps) {
  const shown = flags?.length ?? 0;
  return (
    <>
      <DataTable
        label="workflows that differ"
        columns={COLUMNS}
        rows={flags}
        rowId={({ key }) => key}
        rowName={({ name }) => name}
        lines={2}
        expectedRows={4}
        empty={empty}
      />
      {shown < count && (
        <p className="py-1.5 text-12 text-ink-3">
          The gravest {shown} of {count}.
        </p>
      )}
    </>
  );
}
