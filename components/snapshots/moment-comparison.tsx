'use client';

import dynamic from 'next/dynamic';
import { parseAsString, useQueryStates } from 'nuqs';
import { DiffMark } from '@/components/patterns/diff-mark';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { SnapshotComparison } from '@/lib/features/history/snapshots/schema';
import { ChangeCounts } from './change-counts';
import { ChangeSentences } from './change-sentences';
import { KIND_WORDS, PART_WORDS } from './snapshot-words';

const WorkflowAtMoments = dynamic(() => import('./workflow-at-moments'), {
  ssr: false,
  loading: () => <SkeletonLines lines={14} label="the comparison" />,
});

type Line = SnapshotComparison['workflows'][number];
const CHOSEN = { lineage: parseAsString, n8n: parseAsString };

/** What differs between two moments: counts, then each workflow in sentences; a chosen one is drawn. */
export function MomentComparison({ compared }: { compared: SnapshotComparison }) {
  const [{ lineage, n8n }, choose] = useQueryStates(CHOSEN, { history: 'push' });
  const { from, to, counts, workflows } = compared;
  if (lineage || n8n) {
    const which = lineage ? { lineageId: lineage } : { n8nId: n8n! };
    return (
      <>
        <Button size="sm" onClick={() => void choose({ lineage: null, n8n: null })}>
          All that differs
        </Button>
        <WorkflowAtMoments from={from.moment} to={to.moment} which={which} />
      </>
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Face face={from} /> <span aria-hidden="true">→</span> <Face face={to} />
        <span className="flex-1" />
        <ChangeCounts counts={counts} words />
        <span className="text-ink-3">
          {counts.unchanged} as before{counts.layoutOnly > 0 && `, ${counts.layoutOnly} only moved about`}
        </span>
      </div>
      {workflows.length === 0 ? (
        <Nothing />
      ) : (
        <ul className="mt-3">
          {workflows.map((line) => (
            <Difference
              key={line.lineageId ?? line.n8nId ?? line.name}
              line={line}
              onOpen={() => void choose({ lineage: line.lineageId, n8n: line.lineageId ? null : line.n8nId })}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Face({ face: { environment, kind, at } }: { face: SnapshotComparison['from'] }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <EnvironmentName tier={environment.class} name={environment.name} />
      {kind && <span className="text-ink-2">{KIND_WORDS[kind]}</span>}
      {at ? <Time at={at} className="text-ink-3" /> : <Status kind="unknown" word="never read" />}
    </span>
  );
}

const MARK = { added: 'add', modified: 'change', removed: 'remove' } as const;
const RISK = {
  none: null,
  low: null,
  medium: <Status kind="warn" word="medium risk" />,
  high: <Status kind="bad" word="high risk" />,
  critical: <Status kind="bad" word="critical risk" />,
};

function Difference({ line, onOpen }: { line: Line; onOpen(): void }) {
  return (
    <li className="border-b border-line py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <DiffMark kind={MARK[line.change]} />
        <button type="button" onClick={onOpen} className="min-h-6 text-left font-medium hover:underline">
          {line.name}
        </button>
        <span className="text-12 text-ink-3">{line.parts.map((part) => PART_WORDS[part]).join(', ')}</span>
        <span className="ml-auto">{line.risk && RISK[line.risk]}</span>
      </div>
      <ChangeSentences sentences={line.sentences} more={line.more} />
    </li>
  );
}

function Nothing() {
  const { slug } = useTenant();
  return (
    <EmptyState
      title="Nothing differs"
      why="Every workflow is the same at both moments, but perhaps for its layout."
      next={<ButtonLink href={`/t/${slug}/snapshots`}>Back to the snapshots</ButtonLink>}
    />
  );
}
