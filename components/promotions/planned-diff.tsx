'use client';

import { useMemo } from 'react';
import type { z } from 'zod';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import { useDiffState } from '@/components/workflows/use-diff-state';
import type { PromotionDiff, Route } from '@/lib/features/delivery/promotions/schema';

type PlannedDiffProps = { diff: z.infer<typeof PromotionDiff>; route: Route };

/** The target as it is beside the target as it is planned, or as it would be while somebody has to decide. */
export default function PlannedDiff({ diff, route }: PlannedDiffProps) {
  const { comparison, before, after, source } = diff;
  const sides = useMemo(() => {
    const nothing = { name: comparison.name, nodes: [], connections: {} };
    const goes = comparison.change === 'deleted';
    return { before: before ?? nothing, after: goes ? nothing : (after ?? source ?? nothing) };
  }, [comparison, before, after, source]);
  return (
    <WorkflowDiff
      {...sides}
      labels={{
        before: `${route.target.name} now`,
        after: `${route.target.name} as ${comparison.isPlanned ? 'planned' : 'it would be'}`,
      }}
      next={null}
      {...useDiffState()}
    />
  );
}
