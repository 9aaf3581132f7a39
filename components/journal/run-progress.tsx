'use client';

import { ProgressSteps } from '@/components/patterns/progress-steps';
import { Segments } from '@/components/patterns/segments';
import { cx } from '@/components/ui/class-names';
import { STATUS_INK } from '@/components/ui/status';
import { useViewer } from '@/components/ui/viewer';
import { useNow } from '@/lib/client/clock';
import { formatSpan } from '@/lib/client/time-format';
import type { Run } from '@/lib/features/change/journal/schema';
import { isRunOver, RUN_WORDS, segmentsOf, settledSteps, stagesOf } from './run-words';

/** Where a run stands: its state large, how many steps, how long, and one bar a step. Live, and the finished record. */
export function RunProgress({ run }: { run: Run }) {
  const { kind, word, says } = RUN_WORDS[run.status];
  const at = `step ${Math.min(settledSteps(run) + (isRunOver(run.status) ? 0 : 1), run.steps.length)} of ${run.steps.length}`;
  return (
    <section aria-label="Progress" className="mt-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span role="status" className={cx('text-20 font-semibold', STATUS_INK[kind])}>
          {word}
        </span>
        <span className="text-ink-2">
          {at}
          <Elapsed run={run} />
        </span>
        <span className="ml-auto max-md:ml-0">
          <ProgressSteps label="Stages" steps={stagesOf(run.status)} />
        </span>
      </div>
      <div className="my-3">
        <Segments label={at} states={segmentsOf(run)} />
      </div>
      <p className="text-ink-2">{says}</p>
    </section>
  );
}

function Elapsed({ run: { startedAt, finishedAt } }: { run: Run }) {
  const now = useNow(useViewer().renderedAt, 1_000);
  if (!startedAt) return null;
  const span = formatSpan((finishedAt ? Date.parse(finishedAt) : now) - Date.parse(startedAt));
  return finishedAt ? `, took ${span}` : `, ${span} so far`;
}
