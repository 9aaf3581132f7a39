'use client';

import { useMemo } from 'react';
import type { z } from 'zod';
import WorkflowDiff from '@/components/patterns/workflow-diff/workflow-diff';
import { useDiffState } from '@/components/workflows/use-diff-state';
import type { PromotionDiff, Route } from '@/lib/features/delivery/promotions/schema';

type PlannedDiffProps = { diff: z.infer<typeof PromotionDiff>; route: Route };

/** The target as it is beside the target as it is planned; for what is not planned, beside the source. */
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
        after: comparison.isPlanned ? `${route.target.name} as planned` : route.source.name,
      }}
      next={null}
      {...useDiffState()}
    />
  );
}
