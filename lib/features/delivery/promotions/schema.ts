import { z } from 'zod';
import { ById, Flag, Id, listQuery, Prose, pageOf, Timestamp } from '@/lib/core/schema';
import { BINDING_KINDS } from '@/lib/features/change/bindings/requirement';
import { PlanStep, Target } from '@/lib/features/change/change-plans/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { CHANGE_CLASSES } from '@/lib/workflow/diff/change';
import { RISK_LEVELS } from '@/lib/workflow/risk/reason';
import { CHANGES, PROMOTION_STATUSES, SEVERITIES } from './model';

export const Problem = z
  .object({
    code: z.string(),
    severity: z
      .enum(SEVERITIES)
      .meta({ description: '`blocking` problems keep a promotion from being approved and executed.' }),
    workflowId: Id.nullable().meta({ description: 'In the source; null where the promotion as a whole is meant.' }),
    lineageId: Id.nullable(),
    name: z.string().nullable(),
    detail: z.string(),
    remedy: z.string(),
    /** What a binding in the target would have to stand for, and what it could name there. */
    binding: z
      .object({
        kind: z.enum(BINDING_KINDS),
        requirement: z.string(),
        candidates: z.array(z.object({ n8nId: z.string(), name: z.string() })),
      })
      .optional(),
  })
  .meta({ id: 'PromotionProblem' });

/** What a workflow needs from another one. */
export const Dependency = z.object({
  role: z.string(),
  name: z.string(),
  lineageId: Id.nullable(),
  state: z.enum(['in_plan', 'in_target', 'missing', 'dynamic']).meta({
    description: '`in_plan`: promoted with it. `in_target`: there already. `dynamic`: known at run time alone.',
  }),
});

export const ChangeClass = z.enum(CHANGE_CLASSES as [string, ...string[]]);
export const RiskLevel = z.enum(RISK_LEVELS as [string, ...string[]]);
const SourcePrint = z.object({ logic: z.string(), settings: z.string() });

/** One workflow of a promotion: how both sides stood when its plan was made. */
export const ComparedWorkflow = z
  .object({
    lineageId: Id,
    name: z.string(),
    sourceWorkflowId: Id,
    targetWorkflowId: Id.nullable(),
    change: z.enum(CHANGES),
    why: z.string().meta({ description: 'The reason for `change`, in words.' }),
    role: z
      .enum(['selected', 'dependency', 'standing'])
      .meta({ description: '`dependency`: pulled in because something selected needs it and the target lacks it.' }),
    isPlanned: z.boolean().meta({ description: 'Whether the plan writes it.' }),
    choice: z.enum(['overwrite', 'skip']).nullable(),
    active: z.object({
      source: z.boolean().nullable(),
      target: z.boolean().nullable(),
      desired: z.boolean().nullable(),
    }),
    classes: z.array(ChangeClass),
    risk: z.object({
      level: RiskLevel,
      reasons: z.array(
        z.object({ rule: z.string(), level: RiskLevel, node: z.string().nullable(), message: z.string() }),
      ),
    }),
    dependencies: z.array(Dependency),
    prints: z
      .object({ source: SourcePrint.nullable(), target: Target.nullable() })
      .meta({ description: 'What the plan was made from: another digest is a movement.' }),
  })
  .meta({ id: 'ComparedWorkflow' });
export type ComparedWorkflow = z.infer<typeof ComparedWorkflow>;

/** Names as they were when it was made. */
export const Route = z.object({ pipelineName: z.string(), source: EnvironmentRef, target: EnvironmentRef });
export type Route = z.infer<typeof Route>;

const Person = z.object({ type: z.string(), id: z.string().nullable(), label: z.string() });
export const Plan = z.object({ digest: z.string(), madeAt: Timestamp, steps: z.array(PlanStep) });

/** Whether the caller may do it now, and if not, why. */
const Possible = z.object({ allowed: z.boolean(), reason: z.string().nullable() });

export const PromotionSummary = z
  .object({
    id: Id,
    pipelineId: Id.nullable(),
    stageId: Id.nullable(),
    route: Route,
    sourceEnvironmentId: Id,
    targetEnvironmentId: Id,
    status: z.enum(PROMOTION_STATUSES),
    workflowCount: z.number().int(),
    problemCount: z.number().int(),
    blockingCount: z.number().int(),
    risk: RiskLevel,
    scheduledAt: Timestamp.nullable(),
    expiresAt: Timestamp,
    createdBy: Person,
    deploymentId: Id.nullable(),
    finishedAt: Timestamp.nullable(),
    version: z.number().int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'PromotionSummary' });
export type PromotionSummary = z.infer<typeof PromotionSummary>;

export const Promotion = PromotionSummary.extend({
  requireApproval: z.boolean(),
  plan: Plan.nullable().meta({ description: 'Null while nothing can be planned, and when there is nothing to write.' }),
  problems: z.array(Problem),
  workflows: z.array(ComparedWorkflow),
  decisions: z.array(
    z.object({
      verdict: z.enum(['approved', 'rejected']),
      comment: z.string().nullable(),
      actor: Person,
      at: Timestamp,
      counts: z.boolean().meta({ description: 'It was about the plan that stands now.' }),
    }),
  ),
  can: z.object({ approve: Possible, reject: Possible, execute: Possible, cancel: Possible, refresh: Possible }),
}).meta({ id: 'Promotion' });
export type Promotion = z.infer<typeof Promotion>;

export const ListPromotions = listQuery(['createdAt', 'updatedAt'], '-createdAt').extend({
  status: z.enum(PROMOTION_STATUSES).optional(),
  pipelineId: Id.optional(),
  stageId: Id.optional(),
  environmentId: Id.optional().meta({ description: 'Either end.' }),
  workflowId: Id.optional(),
  decidable: Flag.optional().meta({ description: 'Only what whoever asks may decide now.' }),
});
export const PromotionPage = pageOf(PromotionSummary);

/** What a person decides about one workflow. */
export const Choice = z.strictObject({
  workflowId: Id,
  resolve: z.enum(['overwrite', 'skip']).optional().meta({
    description:
      '`overwrite`: the source replaces what was changed in the target. `skip`: the workflow stays out of the plan.',
  }),
  active: z.boolean().optional().meta({
    description: 'Published afterwards or not; default: as it is in the target, and for a new one as in the source.',
  }),
});
export type Choice = z.output<typeof Choice>;
const Choices = z
  .array(Choice)
  .max(500)
  .check((ctx) => {
    const seen = new Set<string>();
    for (const [at, { workflowId }] of ctx.value.entries()) {
      if (seen.has(workflowId)) {
        ctx.issues.push({
          ...{ code: 'custom', path: [at, 'workflowId'], input: workflowId },
          message: 'This workflow is decided about twice.',
        });
      }
      seen.add(workflowId);
    }
  });

export const InitiatePromotion = z.strictObject({
  pipelineId: Id,
  stageId: Id,
  /** Ids in the source environment. */
  workflowIds: z
    .array(Id)
    .min(1, 'Select at least one workflow.')
    .max(500)
    .refine((ids) => new Set(ids).size === ids.length, 'An id stands twice.'),
  scheduledAt: Timestamp.optional(),
  choices: Choices.default([]),
});
/** Added to what was chosen before; the plan is made anew. */
export const ChooseForPromotion = z.strictObject({ ...ById.shape, choices: Choices.min(1) });
export const PromotionRequest = z.object({ workflowIds: z.array(Id), choices: z.array(Choice) });
export type PromotionRequest = z.infer<typeof PromotionRequest>;

const Comment = Prose(2_000, 0);
export const ApprovePromotion = z.strictObject({
  ...ById.shape,
  comment: Comment.optional(),
  planDigest: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'The digest of the plan that was looked at; another one is a conflict.' }),
});
export const RejectPromotion = z.strictObject({ ...ById.shape, comment: Comment.optional() });

export const ByPromotionWorkflow = z.object({ id: Id, lineageId: Id });
/** Both sides of one workflow as the plan has them, in n8n's own shape. */
export const PromotionDiff = z
  .object({
    comparison: ComparedWorkflow,
    before: z.json().nullable().meta({ description: 'The target before; null when it is not there.' }),
    after: z
      .json()
      .nullable()
      .meta({ description: 'The target as it is planned; null: it goes. What is not planned has none.' }),
    source: z.json().nullable(),
  })
  .meta({ id: 'PromotionDiff' });

/** The worst first: what needs a decision, then what is new or changed. */
export const ComparePromotion = listQuery(['worst', 'name'], '-worst').extend({
  pipelineId: Id,
  stageId: Id,
  change: z.enum(CHANGES).optional(),
  differing: Flag.optional().meta({ description: 'Only what the target has not as it is in the source.' }),
  /** Ids in the source that come first, whatever the other filters say. */
  pinned: z.union([z.array(Id).max(100), Id.transform((one) => [one])]).default([]),
});
/** As the inventory knows both sides; a promotion reads them anew. */
export const StageComparison = pageOf(
  z.object({
    workflowId: Id,
    lineageId: Id.nullable(),
    name: z.string(),
    change: z.enum(CHANGES),
    why: z.string(),
    active: z.object({ source: z.boolean(), target: z.boolean().nullable() }),
    n8nUpdatedAt: Timestamp.nullable(),
  }),
)
  .extend({
    pipelineId: Id,
    stageId: Id,
    source: EnvironmentRef,
    target: EnvironmentRef,
    asOf: z
      .object({ source: Timestamp.nullable(), target: Timestamp.nullable() })
      .meta({ description: 'When each side was last read whole.' }),
    counts: z.record(z.enum(CHANGES), z.number().int()).meta({ description: 'Of all there are, whatever is listed.' }),
  })
  .meta({ id: 'StageComparison' });
export type StageComparison = z.infer<typeof StageComparison>;
