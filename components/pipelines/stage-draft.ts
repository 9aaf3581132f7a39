import type { Environment } from '@/lib/features/connections/environments/schema';
import type { Stage } from '@/lib/features/delivery/pipelines/schema';

/** A stage as it is being edited. */
export type StageDraft = {
  /** Its own while it is edited; a saved stage keeps its id. */
  key: string;
  id?: string;
  sourceEnvironmentId: string;
  targetEnvironmentId: string;
  requireApproval: boolean;
  approverIds: string[];
  allowSelfApproval: boolean;
  graceSeconds: number;
};

export const draftOf = (stage: Stage): StageDraft => ({
  key: stage.id,
  id: stage.id,
  sourceEnvironmentId: stage.sourceEnvironmentId,
  targetEnvironmentId: stage.targetEnvironmentId,
  requireApproval: stage.requireApproval,
  approverIds: stage.approvers.map(({ userId }) => userId),
  allowSelfApproval: stage.allowSelfApproval,
  graceSeconds: stage.graceSeconds,
});

type Place = Pick<Environment, 'id' | 'class'>;
const DEFAULT_GRACE_SECONDS = 900;

/**
 * The next stage as most would make it: from where the last one ends to the first environment that none reaches yet,
 * with an approval where that is production. `environments` stand in tier order.
 */
export function nextStage(key: string, stages: readonly StageDraft[], environments: readonly Place[]): StageDraft {
  const last = stages.at(-1)?.targetEnvironmentId;
  const ends = environments.find(({ id }) => id === last)?.class === 'production';
  const source = (ends ? stages.at(-1)?.sourceEnvironmentId : last) ?? environments[0]?.id ?? '';
  const reached = new Set([source, ...stages.flatMap((one) => [one.sourceEnvironmentId, one.targetEnvironmentId])]);
  const target = environments.find((one) => one.class !== 'dev' && !reached.has(one.id));
  return {
    key,
    sourceEnvironmentId: source,
    targetEnvironmentId: target?.id ?? '',
    requireApproval: target?.class === 'production',
    approverIds: [],
    allowSelfApproval: false,
    graceSeconds: DEFAULT_GRACE_SECONDS,
  };
}

/** The same list with one stage a place further on; as it was where there is no such place. */
export function moveStage(stages: readonly StageDraft[], at: number, by: 1 | -1): StageDraft[] {
  const moved = [...stages];
  const [stage] = moved.splice(at, 1);
  if (!stage || at + by < 0 || at + by > moved.length) return [...stages];
  moved.splice(at + by, 0, stage);
  return moved;
}
