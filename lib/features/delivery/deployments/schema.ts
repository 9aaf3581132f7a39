import { z } from 'zod';
import { ById, Id, inOrder, listQuery, Prose, pageOf, Timestamp } from '@/lib/core/schema';
import { PlanStep } from '@/lib/features/change/change-plans/schema';
import { RunProblem, RunStep, StopRequest } from '@/lib/features/change/journal/schema';
import { Problem, Route } from '../promotions/schema';
import { DEPLOYMENT_KINDS, DEPLOYMENT_STATUSES, WORKFLOW_CHANGES, WORKFLOW_STATUSES } from './model';

const Person = z.object({ type: z.string(), id: z.string().nullable(), label: z.string() });

export const DeploymentSummary = z
  .object({
    id: Id,
    kind: z.enum(DEPLOYMENT_KINDS),
    status: z.enum(DEPLOYMENT_STATUSES),
    promotionId: Id.nullable(),
    pipelineId: Id.nullable(),
    stageId: Id.nullable(),
    rollbackOfId: Id.nullable().meta({ description: 'Of a rollback: what it undoes.' }),
    rollbackId: Id.nullable(),
    route: Route,
    sourceEnvironmentId: Id.nullable(),
    targetEnvironmentId: Id,
    workflowCount: z.number().int(),
    problemCount: z.number().int(),
    actor: Person,
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'DeploymentSummary' });
export type DeploymentSummary = z.infer<typeof DeploymentSummary>;

export const DeployedWorkflow = z
  .object({
    key: z.string(),
    lineageId: Id.nullable(),
    workflowId: Id.nullable().meta({ description: 'In the target, when the inventory has it.' }),
    n8nId: z.string().nullable(),
    name: z.string(),
    change: z.enum(WORKFLOW_CHANGES),
    status: z.enum(WORKFLOW_STATUSES),
    verified: z
      .array(z.string())
      .meta({ description: 'What was looked at and found right, and what nobody can look at.' }),
    unverified: z.array(z.string()),
  })
  .meta({ id: 'DeployedWorkflow' });
export type DeployedWorkflow = z.infer<typeof DeployedWorkflow>;

/** The journal of a run that has begun; before that the steps of its plan, each `planned`. */
export const DeploymentStep = RunStep.meta({ id: 'DeploymentStep' });

const Possible = z.object({ allowed: z.boolean(), reason: z.string().nullable() });

export const Deployment = DeploymentSummary.extend({
  planDigest: z.string(),
  steps: z.array(DeploymentStep),
  workflows: z.array(DeployedWorkflow),
  problems: z.array(RunProblem),
  stopAsked: StopRequest.nullable().meta({
    description: 'Somebody wants no further step: what was written is being put back, or will be.',
  }),
  jobId: Id.nullable(),
  commitSha: z.string().nullable().meta({ description: 'The commit that holds what was deployed.' }),
  snapshots: z.array(z.object({ id: Id, kind: z.string(), commitSha: z.string(), createdAt: Timestamp })),
  can: z.object({ rollback: Possible, stop: Possible }),
}).meta({ id: 'Deployment' });
export type Deployment = z.infer<typeof Deployment>;

export const ByDeployedWorkflow = z.object({ id: Id, key: z.string().min(1).max(200) });
/** One workflow before a deployment and as it was planned, in n8n's own shape. */
export const DeployedDocuments = z
  .object({
    key: z.string(),
    name: z.string(),
    before: z.json().nullable().meta({ description: 'The pre-image; null: it was not there.' }),
    after: z.json().nullable().meta({ description: 'Null: it went to the archive.' }),
  })
  .meta({ id: 'DeployedDocuments' });
export type DeployedDocuments = z.infer<typeof DeployedDocuments>;

export const ListDeployments = inOrder(
  listQuery(['createdAt', 'startedAt', 'finishedAt'], '-createdAt').extend({
    status: z.enum(DEPLOYMENT_STATUSES).optional(),
    kind: z.enum(DEPLOYMENT_KINDS).optional(),
    pipelineId: Id.optional(),
    promotionId: Id.optional(),
    environmentId: Id.optional(),
    from: Timestamp.optional(),
    to: Timestamp.optional(),
  }),
);
export const DeploymentPage = pageOf(DeploymentSummary);

export const ExecutionReceipt = z.object({ deploymentId: Id, jobId: Id }).meta({ id: 'ExecutionReceipt' });

export const StopDeployment = z.strictObject({ ...ById.shape, reason: Prose(500, 0).optional() });

export const RollBackDeployment = z.strictObject({
  ...ById.shape,
  execute: z.boolean().default(false).meta({ description: 'Run it at once; else it is only planned and shown.' }),
  overwrite: z.boolean().default(false).meta({ description: 'Take back even what was edited or released since.' }),
  reason: Prose(500, 0).optional(),
  planDigest: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'Of the plan that was looked at: another one is not run.' }),
});
export const Rollback = z
  .object({
    id: Id,
    status: z.enum(DEPLOYMENT_STATUSES),
    rollbackOfId: Id,
    plan: z.object({ digest: z.string(), steps: z.array(PlanStep) }),
    problems: z.array(Problem),
    jobId: Id.nullable(),
  })
  .meta({ id: 'Rollback' });
export type Rollback = z.infer<typeof Rollback>;
