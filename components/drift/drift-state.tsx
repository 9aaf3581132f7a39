'use client';

import { saidOf } from '@/components/environments/axes';
import { Note } from '@/components/ui/note';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { Environment } from '@/lib/features/connections/environments/schema';

type DriftStateProps = { environment: Pick<Environment, 'axes' | 'class'> };

const SAYS: Record<Environment['axes']['drift']['status'], string> = {
  not_tracked: 'Dev is where changes begin: it is not compared with anything.',
  no_baseline: 'Nothing is approved for it yet, so nothing can drift. Adopt what runs there, or promote to it.',
  none: 'What runs there is what was approved.',
  drifted: 'What runs there is not what was approved.',
  unknown: 'It was never checked.',
};

/** How an environment stands to what is approved, since when, and how old that knowledge is. */
export function DriftState({ environment }: DriftStateProps) {
  const { status, since, checkedAt, count } = environment.axes.drift;
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Status {...saidOf(environment.axes).drift} />
        {status === 'drifted' && count !== null && <span>{count === 1 ? '1 workflow' : `${count} workflows`}</span>}
        <span className="text-ink-2">{SAYS[status]}</span>
        {status === 'drifted' && since && <Time at={since} prefix="first found" className="text-ink-3" />}
        {checkedAt && <Time at={checkedAt} prefix="checked" className="text-ink-3" />}
      </p>
      <FailedSince environment={environment} />
    </div>
  );
}

/** Why the newest check failed, with the age of what is still known. Nothing when it did not. */
export function FailedSince({ environment }: DriftStateProps) {
  const { problem, checkedAt } = environment.axes.drift;
  if (!problem) return null;
  return (
    <Note tone="unknown">
      The check <Time at={problem.at} /> failed: {problem.detail}{' '}
      {checkedAt ? (
        <>
          What is said here comes from the last good one, <Time at={checkedAt} />.
        </>
      ) : (
        'There was no good one before, so nothing is known.'
      )}
    </Note>
  );
}
