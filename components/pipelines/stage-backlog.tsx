'use client';

import { Skeleton } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { BACKLOG, type StageIds, useStageComparison } from './queries';

/** How much of a stage's source its target has not: what waits to be promoted, and what would need a decision. */
export function StageBacklog(ids: StageIds) {
  const { data, error } = useStageComparison(ids, BACKLOG);
  if (error) return <Status kind="unknown" word="not compared" />;
  if (!data) return <Skeleton width="9rem" />;
  if (!data.asOf.source || !data.asOf.target) return <Status kind="unknown" word="not read yet" />;
  const { added = 0, modified = 0, deleted = 0, conflict = 0, target_hotfix: hotfix = 0 } = data.counts;
  const waiting = added + modified + deleted;
  const contested = conflict + hotfix;
  if (waiting + contested === 0) return <Status kind="ok" word="all promoted" />;
  return (
    <>
      {waiting > 0 && <span className="font-medium">{waiting} to promote</span>}
      {contested > 0 && <Status kind="warn" word={`${contested} edited on the other side`} />}
    </>
  );
}
