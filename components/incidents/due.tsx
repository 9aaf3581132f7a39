'use client';

import type { ReactNode } from 'react';
import { cx } from '@/components/ui/class-names';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { useViewer } from '@/components/ui/viewer';
import { useNow } from '@/lib/client/clock';
import { formatSpan } from '@/lib/client/time-format';
import type { IncidentSummary } from '@/lib/features/drift/incidents/schema';

const STEP = 15_000;
type DueProps = { incident: Pick<IncidentSummary, 'status' | 'dueAt' | 'closedAt' | 'detectedAt'> };

/** How long is left, counted down; or for how long it is overdue. `then`: what happens when it is. */
export function DueCountdown({ incident, then }: DueProps & { then: string }) {
  const now = useNow(useViewer().renderedAt, STEP);
  const { dueAt, closedAt, detectedAt } = incident;
  if (closedAt) {
    const span = formatSpan(Date.parse(closedAt) - Date.parse(detectedAt));
    return <Figure large={span} small="from detection to its end" />;
  }
  const left = Date.parse(dueAt) - now;
  const at = <Time at={dueAt} show="full" />;
  if (left > 0) {
    return (
      <Figure
        large={formatSpan(left)}
        small={
          <>
            until due, {at}. {then}
          </>
        }
      />
    );
  }
  return <Figure bad large={`${formatSpan(-left)} over`} small={<>It was due {at}.</>} />;
}

function Figure({ large, small, bad }: { large: string; small: ReactNode; bad?: boolean }) {
  return (
    <p className="flex-none text-right max-md:text-left">
      <b className={cx('block text-28 font-semibold tracking-tight tabular-nums', bad && 'text-bad')}>{large}</b>
      <span className="block max-w-[40ch] text-12 text-ink-3">{small}</span>
    </p>
  );
}

/** The same in a cell. */
export function Due({ incident }: DueProps) {
  const now = useNow(useViewer().renderedAt, STEP);
  const { status, dueAt } = incident;
  if (status === 'closed') return <span className="text-ink-3">ended</span>;
  const left = Date.parse(dueAt) - now;
  if (left <= 0) return <Status kind="bad" word={`${formatSpan(-left)} overdue`} />;
  return <Time at={dueAt} />;
}
