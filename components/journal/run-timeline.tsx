import type { ReactNode } from 'react';
import { Journal, type JournalEntry } from '@/components/patterns/journal';
import { Time } from '@/components/ui/time';
import { formatSpan } from '@/lib/client/time-format';
import type { Run, RunStatus, RunStep } from '@/lib/features/change/journal/schema';
import { shownPath, tellStep } from './run-words';

/**
 * The journal of a run: each step with its call, when it was, how long it took and what was remarkable. Restores,
 * promotions, rollbacks and reverts all show this one. `before` and `after` are what surrounds the steps.
 */
export function RunTimeline(props: { run: Run; before?: readonly JournalEntry[]; after?: readonly JournalEntry[] }) {
  const { run, before = [], after = [] } = props;
  const steps = run.steps.map((step) => toEntry(step, run.status));
  return <Journal label="Journal" entries={[...before, ...steps, ...after]} />;
}

function toEntry(step: RunStep, run: RunStatus): JournalEntry {
  const { kind, said, words } = tellStep(step, run);
  const { intendedAt, appliedAt } = step;
  return {
    id: `step-${step.position}`,
    kind,
    said,
    time: intendedAt && <Time show="clock" at={intendedAt} />,
    title: (
      <>
        <b>{step.name}</b> {words}
      </>
    ),
    detail: <StepDetail step={step} />,
    took: intendedAt && appliedAt ? formatSpan(Date.parse(appliedAt) - Date.parse(intendedAt)) : undefined,
  };
}

function StepDetail({ step }: { step: RunStep }): ReactNode {
  const { method, path, n8nId, attempts, problem, notes, undoneAt } = step;
  return (
    <>
      <code className="wrap-anywhere">
        {method} {shownPath(path, n8nId)}
      </code>
      {attempts > 1 && <span className="ml-2 text-ink-3">{attempts} attempts</span>}
      {notes.map((note) => (
        <p key={note} className="mt-0.5">
          {note}
        </p>
      ))}
      {problem && <p className="mt-0.5 text-bad">{problem.detail}</p>}
      {undoneAt && (
        <p className="mt-0.5 text-ink-3">
          Taken back at <Time show="clock" at={undoneAt} />.
        </p>
      )}
    </>
  );
}
