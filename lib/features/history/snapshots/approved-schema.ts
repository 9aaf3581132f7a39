import { z } from 'zod';
import { ById, Id, Timestamp } from '@/lib/core/schema';
import { LineageRef } from '@/lib/features/change/lineages/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { ChangeCounts, Message, Possibility } from './schema';

const count = z.number().int();

export const SaveApproved = z.strictObject({
  environmentId: Id,
  message: Message.optional(),
  /** False: refuse when a secret is written out somewhere. */
  acceptSecrets: z.boolean().default(true),
});
export const RefreshApproved = z.strictObject({ environmentId: Id });
/** `workflowIds` are ours. What is not named stays as it is approved; without any, everything is taken. */
export const Adopt = z.strictObject({
  ...ById.shape,
  workflowIds: z.array(Id).min(1).max(5_000).optional(),
  message: Message.optional(),
  /** True: commit although secrets are written out in some of them. */
  acceptSecrets: z.boolean().default(false),
});

export const AdoptionPreview = z
  .object({
    environment: EnvironmentRef,
    /** What is approved now; null without a baseline. */
    baseline: z.object({ commitSha: z.string(), approvedAt: Timestamp, workflowCount: count }).nullable(),
    counts: ChangeCounts.extend({ unchanged: count, secrets: count, unlinked: count }),
    workflows: z.array(
      z.object({
        /** Null for one that is approved and not there. */
        workflowId: Id.nullable(),
        n8nId: z.string().nullable(),
        name: z.string(),
        active: z.boolean(),
        /** Against what is approved now. */
        change: z.enum(['added', 'modified', 'removed', 'unchanged']),
        /** What runs is taken; a draft that is not published is not. */
        unpublishedChanges: z.boolean(),
        lineage: LineageRef.nullable(),
        /** Workflows elsewhere that may be the same, the likeliest first. Accept one first, or it begins its own lineage. */
        proposals: z.array(
          z.object({
            suggestionId: Id,
            workflowId: Id,
            name: z.string(),
            environment: EnvironmentRef,
            score: z.number(),
            reasons: z.array(z.string()),
          }),
        ),
        secrets: z.array(z.object({ node: z.string(), path: z.string(), message: z.string() })),
      }),
    ),
    /** What cannot be adopted, by name. */
    left: z.object({ archived: z.array(z.string()), ignored: z.array(z.string()), unreadable: z.array(z.string()) }),
    adopt: Possibility,
  })
  .meta({ id: 'AdoptionPreview' });
export type AdoptionPreview = z.infer<typeof AdoptionPreview>;

export const ApprovedState = z
  .object({
    environment: EnvironmentRef,
    /** False: no baseline. */
    baseline: z.boolean(),
    commitSha: z.string().nullable(),
    approvedAt: Timestamp.nullable(),
    message: z.string().nullable(),
    /** Who the commit says it is by; `actor` as in the audit log, null for what was pushed by hand. */
    by: z.object({ name: z.string(), actor: z.string().nullable() }).nullable(),
    problems: z.array(
      z.object({ code: z.string(), path: z.string(), lineageId: z.string().nullable(), message: z.string() }),
    ),
    workflows: z.array(
      z.object({
        lineageId: Id,
        n8nId: z.string().nullable(),
        file: z.string(),
        name: z.string(),
        active: z.boolean(),
        tags: z.array(z.string()),
        commitSha: z.string(),
        approvedAt: Timestamp,
      }),
    ),
    save: Possibility,
    adopt: Possibility,
  })
  .meta({ id: 'ApprovedState' });
export type ApprovedState = z.infer<typeof ApprovedState>;
