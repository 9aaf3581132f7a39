import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { Pipeline, PipelinePage } from '@/lib/features/delivery/pipelines/schema';
import type { StageComparison } from '@/lib/features/delivery/promotions/schema';

/** Every pipeline in use, for whoever chooses one. */
export const USABLE_PIPELINES = { isActive: true, pageSize: 100 } as const;

export const pipelines = (tenant: string, query: Query = USABLE_PIPELINES) =>
  resource<z.infer<typeof PipelinePage>>(tenant, 'pipelines', '/pipelines', query);

export const pipeline = (tenant: string, id: string) => resource<Pipeline>(tenant, 'pipelines', `/pipelines/${id}`);

/** Of a comparison, nothing but how many there are of each kind. */
export const BACKLOG = { pageSize: 1 } as const;

export type StageIds = { pipelineId: string; stageId: string };

/** Kept under lineages: each refresh of an environment, link and release makes it stale. */
export const stageComparison = (tenant: string, ids: StageIds, query: Query = {}) =>
  resource<StageComparison>(tenant, 'lineages', '/promotions/compare', { ...query, ...ids });

/** Nothing is asked where there is none. */
export function usePipeline(id: string | null) {
  const { slug } = useTenant();
  return useQuery({ ...pipeline(slug, id ?? ''), enabled: id !== null });
}
export const useUsablePipelines = () => useQuery(pipelines(useTenant().slug));

/** How both ends of a stage stand; its lines of before stay until others come. */
export function useStageComparison(ids: StageIds, query?: Query) {
  const { slug } = useTenant();
  return useQuery({
    ...stageComparison(slug, ids, query),
    placeholderData: (before: StageComparison | undefined) => (before?.stageId === ids.stageId ? before : undefined),
  });
}
