import { z } from 'zod';
import { STEP_ACTIONS, Target } from '../change-plans/schema';

export const RUN_STATUSES = [
  'pending',
  'running',
  'verifying',
  'compensating',
  /** Everything is as planned, and read back. */
  'completed',
  /** Nothing was written. */
  'failed',
  /** Everything that was written has been taken back. */
  'rolled_back',
  /** Somebody else's edits stand where ours were to be taken back, or the instance tells what nobody can interpret. */
  'needs_attention',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
export const FINAL_STATUSES = ['completed', 'failed', 'rolled_back', 'needs_attention'] as const;
export const isFinal = (status: RunStatus): boolean => FINAL_STATUSES.some((one) => one === status);

export const STEP_STATUSES = [
  'planned',
  /** Pre-image saved, the write may be under way. */
  'intended',
  'applied',
  /** Already so: nothing was written. */
  'skipped',
  /** Refused, and nothing of it is there. */
  'failed',
  'undoing',
  'undone',
  /** Somebody else's edit stands there: it was not touched. */
  'left',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** Why a run did not simply complete, by workflow. */
export const RunProblem = z.object({
  /**
   * - `target_changed`: not what the plan was made for. `changed_meanwhile`: somebody edited it during the run.
   * - `write_refused`, `not_published`: what the instance said. `outcome_unknown`: nobody can tell whether it was done.
   * - `read_back_differs`: written, and something else is there. `not_undone`: taking back failed.
   * - `ambiguous_creation`: several workflows could be the created one. `stopped`: somebody wanted no further step.
   * - `not_begun`: it ended before its run did anything.
   */
  code: z.enum([
    'target_changed',
    'changed_meanwhile',
    'write_refused',
    'not_published',
    'outcome_unknown',
    'read_back_differs',
    'not_undone',
    'ambiguous_creation',
    'not_verified',
    'stopped',
    'not_begun',
  ]),
  key: z.string().nullable(),
  n8nId: z.string().nullable(),
  name: z.string(),
  detail: z.string(),
  /** What was found instead, where that is the problem. Null: nothing is there. */
  found: Target.nullish(),
});
export type RunProblem = z.infer<typeof RunProblem>;

/** Somebody wants no further step of a run. */
export const StopRequest = z.object({ by: z.string(), reason: z.string().nullable(), at: z.string() });
export type StopRequest = z.infer<typeof StopRequest>;

export const RunStep = z.object({
  position: z.number().int(),
  key: z.string(),
  name: z.string(),
  action: z.enum(STEP_ACTIONS),
  method: z.string(),
  path: z.string(),
  precondition: z.string(),
  reversible: z.boolean(),
  interruption: z.string(),
  status: z.enum(STEP_STATUSES),
  n8nId: z.string().nullable(),
  attempts: z.number().int(),
  problem: RunProblem.nullable(),
  notes: z.array(z.string()),
  intendedAt: z.string().nullable(),
  appliedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
});
export type RunStep = z.infer<typeof RunStep>;

export const Run = z.object({
  id: z.string(),
  planId: z.string(),
  environmentId: z.string(),
  status: z.enum(RUN_STATUSES),
  problems: z.array(RunProblem),
  stopAsked: StopRequest.nullable(),
  steps: z.array(RunStep),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type Run = z.infer<typeof Run>;
