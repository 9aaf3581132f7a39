import { parseAsArrayOf, parseAsString, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { useUsablePipelines } from '@/components/pipelines/queries';
import type { Pipeline, Stage } from '@/lib/features/delivery/pipelines/schema';

const PARAMETERS = {
  pipeline: parseAsString,
  stage: parseAsString,
  environment: parseAsString,
  workflows: parseAsArrayOf(parseAsString).withDefault([]),
};
/** More would not fit in an address that servers take. */
export const MAX_IN_ADDRESS = 100;

/** A stage that may be chosen, with the pipeline it belongs to. */
export type Way = { pipeline: Pipeline; stage: Stage };

/** What is being chosen before a promotion begins, in the URL. The only possible stage is chosen by itself. */
export function useDraft() {
  const [address, setAddress] = useQueryStates(PARAMETERS, { history: 'replace' });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(address.workflows));
  const { data, error, refetch } = useUsablePipelines();
  const ways = useMemo(
    () => (data ? waysFrom(data.items, address.environment) : undefined),
    [data, address.environment],
  );
  const named = ways?.find(({ stage, pipeline }) => stage.id === address.stage && pipeline.id === address.pipeline);
  return {
    ...{ ways, error, refetch, ticked },
    way: named ?? (ways?.length === 1 ? ways[0] : undefined),
    chooseWay({ pipeline, stage }: Way) {
      const moved = stage.sourceEnvironmentId !== named?.stage.sourceEnvironmentId && named !== undefined;
      if (moved) setTicked(new Set());
      void setAddress({ pipeline: pipeline.id, stage: stage.id, ...(moved ? { workflows: null } : {}) });
    },
    tick(next: ReadonlySet<string>) {
      setTicked(next);
      void setAddress({ workflows: next.size > 0 && next.size <= MAX_IN_ADDRESS ? [...next] : null });
    },
  };
}

/** Every stage, or those that begin where the chosen workflows are. */
function waysFrom(pipelines: readonly Pipeline[], environmentId: string | null): Way[] {
  return pipelines
    .flatMap((pipeline) => pipeline.stages.map((stage) => ({ pipeline, stage })))
    .filter(({ stage }) => !environmentId || stage.sourceEnvironmentId === environmentId);
}
