import { z } from 'zod';
import { download } from '@/lib/core/files';
import { ById, Flag, Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { SNAPSHOT_KINDS, SNAPSHOT_PARTS } from './model';

/** A number of things. */
const count = z.number().int();

/** Who acted, as in the audit log. */
export const SnapshotActor = z.object({ type: z.string(), id: z.string().nullable(), label: z.string() });
export const ChangeCounts = z.object({ added: count, modified: count, removed: count });

/** What an environment held at a moment. */
export const Snapshot = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    kind: z.enum(SNAPSHOT_KINDS),
    commitSha: z.string(),
    message: z.string(),
    workflowCount: count,
    changed: ChangeCounts.meta({ description: "Against the environment's snapshot before it." }),
    actor: SnapshotActor,
    deploymentId: Id.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Snapshot' });
export type Snapshot = z.infer<typeof Snapshot>;

export const ListSnapshots = listQuery(['createdAt', 'kind', 'workflowCount'], '-createdAt').extend({
  environmentId: Id.optional(),
  kind: z.enum(SNAPSHOT_KINDS).optional(),
  deploymentId: Id.optional(),
  workflowId: Id.optional().meta({ description: 'Only those that changed this workflow: its versions. One of ours.' }),
});
export const SnapshotPage = pageOf(Snapshot);

/** What people say about a commit. */
export const Message = z.string().trim().max(500);

export const TakeSnapshot = z.strictObject({
  environmentId: Id,
  message: Message.optional(),
  acceptSecrets: z
    .boolean()
    .default(true)
    .meta({ description: 'False: refuse when a secret is written out in something that git does not have yet.' }),
});

/** The name of a workflow's file in a snapshot. */
export const SnapshotFile = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}-[0-9a-f]{8}\.json$/, 'This is not the name of a workflow’s file.')
  .meta({ examples: ['order-intake-0a1b2c3d.json'] });

export const SnapshotWorkflow = z.object({
  file: z.string(),
  lineageId: Id.nullable(),
  n8nId: z.string().nullable(),
  name: z.string(),
  active: z.boolean(),
  archived: z.boolean(),
  tags: z.array(z.string()),
  change: z
    .enum(['added', 'modified'])
    .nullable()
    .meta({ description: 'What this snapshot brought of it; null: as in the one before.' }),
});

/** Whether somebody may, and if not, which rule says so and what would allow it. */
export const Possibility = z.object({
  allowed: z.boolean(),
  detail: z.string().nullable(),
  allowedBy: z.string().nullable(),
});

export const SnapshotDetail = Snapshot.extend({
  workflows: z.array(SnapshotWorkflow),
  removed: z
    .array(z.object({ lineageId: Id.nullable(), n8nId: z.string().nullable(), name: z.string() }))
    .meta({ description: 'What the snapshot before had, and this one has not.' }),
  restore: Possibility,
}).meta({ id: 'SnapshotDetail' });
export type SnapshotDetail = z.infer<typeof SnapshotDetail>;

export const GetSnapshotWorkflow = z.object({ ...ById.shape, file: z.string().min(1).max(100) });
export const SnapshotWorkflowDetail = SnapshotWorkflow.omit({ change: true })
  .extend({
    workflow: z.record(z.string(), z.json()).meta({ description: "In n8n's own shape, canonical." }),
  })
  .meta({ id: 'SnapshotWorkflowDetail' });

const A_MOMENT = '019a8a4e-3f00-7000-8000-0000a1b2c3d4';
/** `<id of a snapshot>`, `approved:<id of an environment>`, or `now:<id of an environment>`: as last seen. */
export const Moment = z
  .string()
  .regex(
    /^(?:(?:approved|now):)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'Name a snapshot by its id, or say approved:<environment id> or now:<environment id>.',
  )
  .meta({ examples: [A_MOMENT] });

export const CompareSnapshots = z.object({
  from: Moment,
  to: Moment,
  layout: Flag.default(false).meta({
    description: 'Also name workflows of which only the layout differs. Default: they are counted alone.',
  }),
});

const MomentFace = z.object({
  moment: z.string(),
  environment: EnvironmentRef,
  kind: z.enum(SNAPSHOT_KINDS).nullable().meta({ description: 'Of the snapshot.' }),
  commitSha: z.string().nullable(),
  at: Timestamp.nullable().meta({ description: 'When it was so; null for an environment that was never read.' }),
  workflowCount: count,
});

const SentencePart = z.object({ role: z.enum(['plain', 'name', 'before', 'after']), text: z.string() });

export const SnapshotComparison = z
  .object({
    from: MomentFace,
    to: MomentFace,
    counts: ChangeCounts.extend({ unchanged: count, layoutOnly: count }),
    workflows: z.array(
      z.object({
        name: z.string(),
        lineageId: Id.nullable(),
        n8nId: z.string().nullable(),
        change: z.enum(['added', 'modified', 'removed']),
        fromFile: z.string().nullable().meta({
          description:
            'Its files at the two moments, for a closer look; null where it was not, or where the moment is no commit.',
        }),
        toFile: z.string().nullable(),
        parts: z.array(z.enum(SNAPSHOT_PARTS)).meta({ description: 'What differs.' }),
        risk: z.enum(['none', 'low', 'medium', 'high', 'critical']).nullable(),
        sentences: z
          .array(z.array(SentencePart))
          .meta({ description: 'One for each difference, in pieces that can be drawn; the first ones.' }),
        more: count.meta({ description: 'How many more there are.' }),
      }),
    ),
  })
  .meta({ id: 'SnapshotComparison' });
export type SnapshotComparison = z.infer<typeof SnapshotComparison>;

/** Of both names, the lineage counts. */
export const CompareSnapshotWorkflow = z
  .object({ from: Moment, to: Moment, lineageId: Id.optional(), n8nId: z.string().min(1).max(200).optional() })
  .refine(({ lineageId, n8nId }) => lineageId !== undefined || n8nId !== undefined, {
    path: ['lineageId'],
    message: 'Name the workflow by its lineage, or by its id on the instance.',
  })
  .meta({ examples: [{ from: A_MOMENT, to: A_MOMENT, lineageId: A_MOMENT }] });
export const WorkflowComparison = z
  .object({
    from: MomentFace,
    to: MomentFace,
    name: z.string(),
    before: z
      .record(z.string(), z.json())
      .nullable()
      .meta({ description: "In n8n's own shape, canonical; null where it was not." }),
    after: z.record(z.string(), z.json()).nullable(),
  })
  .meta({ id: 'WorkflowComparison' });
export type WorkflowComparison = z.infer<typeof WorkflowComparison>;

export const SnapshotArchive = download('application/zip');
