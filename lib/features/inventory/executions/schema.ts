import { z } from 'zod';
import { Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { EXECUTION_STATUSES } from '@/lib/ports/remote-workflow';

export const ExecutionStatus = z.enum(EXECUTION_STATUSES);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

/** One run of a workflow, kept although n8n prunes it. */
export const Execution = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    n8nId: z.string(),
    /** Ours; null when the workflow is not in the inventory. */
    workflowId: Id.nullable(),
    workflowN8nId: z.string(),
    workflowName: z.string().nullable(),
    status: ExecutionStatus,
    mode: z.string(),
    startedAt: Timestamp.nullable(),
    stoppedAt: Timestamp.nullable(),
    durationMs: z.number().int().nullable(),
    waitTill: Timestamp.nullable(),
    retryOf: z.string().nullable(),
  })
  .meta({ id: 'Execution' });
export type Execution = z.infer<typeof Execution>;

/** With `cursor` the list goes on from there and `page` is not looked at. */
export const ListExecutions = listQuery(['startedAt'], '-startedAt').extend({
  cursor: z.string().max(200).optional(),
  status: ExecutionStatus.optional(),
  environmentId: Id.optional(),
  workflowId: Id.optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
});
/** `total` is null when counting would cost more than it tells. */
export const ExecutionPage = pageOf(Execution).extend({
  total: z.number().int().nullable(),
  totalPages: z.number().int().nullable(),
  nextCursor: z.string().nullable(),
});

/** From n8n itself, at this moment; `live` is null when it has pruned the run, or did not answer. */
export const ExecutionDetail = Execution.extend({
  openUrl: z.string(),
  live: z
    .object({
      error: z.object({ message: z.string(), node: z.string().nullable() }).nullable(),
      workflowVersionId: z.string().nullable(),
      data: z.unknown(),
    })
    .nullable(),
  /** Why `live` is null. */
  liveProblem: z.object({ code: z.string(), detail: z.string() }).nullable(),
}).meta({ id: 'ExecutionDetail' });
export const GetExecution = z.object({ id: Id, includeData: z.union([z.boolean(), z.stringbool()]).default(false) });

/** Runs of one workflow in a span. */
export const ExecutionSummary = z
  .object({
    environment: EnvironmentRef,
    workflowId: Id.nullable(),
    workflowN8nId: z.string(),
    workflowName: z.string().nullable(),
    total: z.number().int(),
    succeeded: z.number().int(),
    failed: z.number().int(),
    open: z.number().int(),
    averageMs: z.number().nullable(),
    lastStartedAt: Timestamp.nullable(),
    lastFailedAt: Timestamp.nullable(),
  })
  .meta({ id: 'ExecutionSummary' });

export const ListExecutionSummaries = listQuery(['total', 'failed', 'lastStartedAt'], '-total').extend({
  environmentId: Id.optional(),
  workflowId: Id.optional(),
  /** Default: the last 7 days. */
  from: Timestamp.optional(),
  to: Timestamp.optional(),
});
export const ExecutionSummaryPage = pageOf(ExecutionSummary);
