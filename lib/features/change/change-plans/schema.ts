import { z } from 'zod';

export const PLAN_KINDS = ['promotion', 'rollback', 'restore', 'revert'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** `tag` makes a tag that the instance has not; `tags` gives a workflow its own. */
export const STEP_ACTIONS = [
  'unpublish',
  'unarchive',
  'create',
  'update',
  'tag',
  'tags',
  'publish',
  'archive',
  'probe',
] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A state of a workflow on its instance, as digests of `lib/workflow`. Of `settings`, tags are a part. */
export const Target = z.object({
  logic: Sha256,
  layout: Sha256,
  settings: Sha256,
  active: z.boolean(),
  archived: z.boolean(),
  tags: z.array(z.string()).meta({ description: 'Names, sorted.' }),
  publishedLogic: Sha256.nullable().meta({ description: 'Logic of what runs; null when nothing does.' }),
  webhookIds: z.object({ draft: z.boolean(), running: z.boolean() }).optional().meta({
    description:
      'Whether its webhook ids, and those of what runs, are the wanted ones; only where a plan brings them back.',
  }),
});
export type Target = z.infer<typeof Target>;

/** What a write costs those who use the workflow: nothing, the moment of switching, or until it is published again. */
export const INTERRUPTIONS = ['none', 'moment', 'until published'] as const;
export type Interruption = (typeof INTERRUPTIONS)[number];

/** One literal call. Reads that surround it are not listed; `probe` is the one that has a step of its own. */
export const PlanStep = z.object({
  position: z.number().int(),
  key: z.string(),
  workflowId: z.string().nullable().meta({
    description:
      'n8n’s id, not ours (a deployment calls it `n8nId`); null for a workflow that the plan makes, whose path then has its placeholder.',
  }),
  name: z.string(),
  action: z.enum(STEP_ACTIONS),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']),
  path: z.string(),
  precondition: z.string().meta({ description: 'What must hold right before the write, for people.' }),
  reversible: z.boolean(),
  interruption: z.enum(INTERRUPTIONS),
});
export type PlanStep = z.infer<typeof PlanStep>;
