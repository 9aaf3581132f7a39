import { z } from 'zod';
import { ById, Flag, Id, listQuery, Name, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { MIN_GRACE_SECONDS } from './model';

/** A hold that a rollback put on a stage: nothing is promoted through it until somebody resumes it. */
export const StageHold = z.object({ since: Timestamp, reason: z.string(), deploymentId: Id.nullable() });
export type StageHold = z.infer<typeof StageHold>;

/** One hop of a pipeline. */
export const Stage = z
  .object({
    id: Id,
    position: z.number().int(),
    sourceEnvironmentId: Id,
    targetEnvironmentId: Id,
    source: EnvironmentRef,
    target: EnvironmentRef,
    requireApproval: z.boolean(),
    approvers: z
      .array(z.object({ userId: Id, name: z.string(), email: z.string() }))
      .meta({ description: 'Who may approve besides the admins.' }),
    allowSelfApproval: z
      .boolean()
      .meta({ description: 'The only member of the organisation may approve what they promote themselves.' }),
    graceSeconds: z.number().int().meta({ description: 'How late a scheduled promotion may still start, seconds.' }),
    hold: StageHold.nullable(),
  })
  .meta({ id: 'Stage' });
export type Stage = z.infer<typeof Stage>;

export const Pipeline = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string().nullable(),
    isActive: z.boolean().meta({ description: 'An inactive one stays for reference; nothing is promoted through it.' }),
    stages: z.array(Stage),
    openPromotions: z
      .number()
      .int()
      .meta({ description: 'Promotions through it that are not over yet; it cannot be deleted while there are any.' }),
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Pipeline' });
export type Pipeline = z.infer<typeof Pipeline>;

const MAX_STAGES = 20;
const MAX_GRACE_SECONDS = 7 * 24 * 3_600;
const rules = {
  requireApproval: z.boolean(),
  approverIds: z.array(Id).max(50),
  allowSelfApproval: z.boolean(),
  graceSeconds: z.number().int().min(MIN_GRACE_SECONDS).max(MAX_GRACE_SECONDS),
};
export const FIRST_RULES = {
  ...{ requireApproval: false, approverIds: [] as string[], allowSelfApproval: false, graceSeconds: 900 },
} as const;
const StageInput = z.strictObject({
  sourceEnvironmentId: Id,
  targetEnvironmentId: Id,
  requireApproval: rules.requireApproval.default(FIRST_RULES.requireApproval),
  approverIds: rules.approverIds.default(FIRST_RULES.approverIds),
  allowSelfApproval: rules.allowSelfApproval.default(FIRST_RULES.allowSelfApproval),
  graceSeconds: rules.graceSeconds.default(FIRST_RULES.graceSeconds),
});
export type StageInput = z.output<typeof StageInput>;
const StageChange = z.strictObject({
  id: Id.optional(),
  sourceEnvironmentId: Id,
  targetEnvironmentId: Id,
  ...z.object(rules).partial().shape,
});
export type StageChange = z.output<typeof StageChange>;

const Description = z.string().trim().max(500).nullable();
export const CreatePipeline = z.strictObject({
  name: Name(100),
  description: Description.optional(),
  isActive: z.boolean().default(true),
  stages: z.array(StageInput).min(1, 'A pipeline has at least one stage.').max(MAX_STAGES),
});
/**
 * `stages` is the whole list, in order; one with its id stays itself, with every rule that it does not name, one without
 * is new, one left out goes.
 */
export const UpdatePipeline = z.strictObject({
  ...ById.shape,
  name: Name(100).optional(),
  description: Description.optional(),
  isActive: z.boolean().optional(),
  stages: z.array(StageChange).min(1, 'A pipeline has at least one stage.').max(MAX_STAGES).optional(),
});

export const ListPipelines = listQuery(['name', 'createdAt', 'updatedAt'], 'name').extend({
  isActive: Flag.optional(),
  environmentId: Id.optional(),
});
export const PipelinePage = pageOf(Pipeline);

export const ByStage = z.object({ id: Id, stageId: Id });
