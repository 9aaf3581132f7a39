import { z } from 'zod';
import { Id, listQuery, Name, Prose, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { CELL_STATES, IDENTITY_STATUSES, LINK_METHODS } from './model';

export const LineageRef = z.object({ id: Id, slug: z.string(), name: z.string() }).meta({ id: 'LineageRef' });
export type LineageRef = z.infer<typeof LineageRef>;

const Actor = z.object({ type: z.string(), id: z.string().nullable(), label: z.string() });

/** What is decided about a workflow, by whom and why. */
const LinkDecision = z.object({
  method: z.enum(LINK_METHODS),
  reason: z.string().nullable(),
  actor: Actor,
  at: Timestamp,
});

/** A workflow and how it stands to its lineage. */
export const WorkflowIdentity = z
  .object({
    workflowId: Id,
    environment: EnvironmentRef,
    n8nId: z.string(),
    name: z.string(),
    active: z.boolean(),
    archived: z.boolean(),
    /** `missing`: linked, and gone from the instance. `deleted`: gone, and no lineage expects it. */
    status: z.enum(IDENTITY_STATUSES),
    lineage: LineageRef.nullable(),
    /** Null while nobody decided; then it is unmapped. */
    decision: LinkDecision.nullable(),
    driftClass: z.string().nullable(),
    /** Open suggestions that would link it. */
    suggestions: z.number().int(),
  })
  .meta({ id: 'WorkflowIdentity' });
export type WorkflowIdentity = z.infer<typeof WorkflowIdentity>;

/** The same logical workflow across environments. */
export const Lineage = LineageRef.extend({
  /** How many environments have it. */
  environments: z.number().int(),
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}).meta({ id: 'Lineage' });
export type Lineage = z.infer<typeof Lineage>;

export const LineageDetail = Lineage.extend({
  /** One an environment, in the order of their classes. */
  workflows: z.array(WorkflowIdentity),
}).meta({ id: 'LineageDetail' });

export const ListLineages = listQuery(['name', 'createdAt', 'updatedAt'], 'name').extend({
  /** Only those that this environment has. */
  environmentId: Id.optional(),
});
export const LineagePage = pageOf(Lineage);

export const RenameLineage = z.strictObject({ id: Id, name: Name(200) });

export const ListIdentities = listQuery(['name', 'n8nUpdatedAt'], 'name').extend({
  environmentId: Id.optional(),
  status: z.enum(IDENTITY_STATUSES).optional(),
  lineageId: Id.optional(),
  workflowId: Id.optional(),
});
export const IdentityPage = pageOf(WorkflowIdentity);

export const IdentitySummary = z
  .object({
    environments: z.array(
      z.object({
        environment: EnvironmentRef,
        counts: z.object(Object.fromEntries(IDENTITY_STATUSES.map((status) => [status, z.number().int()])) as Counts),
        /** The inventory that automatic linking last looked at; null before the first time. */
        linkedAt: Timestamp.nullable(),
      }),
    ),
    openSuggestions: z.number().int(),
  })
  .meta({ id: 'IdentitySummary' });
type Counts = Record<(typeof IDENTITY_STATUSES)[number], z.ZodNumber>;
export type IdentitySummary = z.infer<typeof IdentitySummary>;

/** Why, in the words of whoever decides; it is recorded. */
const Reason = Prose(500);
export const LinkWorkflow = z.strictObject({
  id: Id,
  /** The lineage to join. */
  lineageId: Id.optional(),
  /** Or the workflow of another environment that it is the same as; the two begin a lineage when that has none. */
  sameAsWorkflowId: Id.optional(),
  reason: Reason.optional(),
});
export const DecideWithReason = z.strictObject({ id: Id, reason: Reason });
export const OfWorkflow = z.strictObject({ id: Id });

export const SUGGESTION_STATUSES = ['open', 'accepted', 'rejected'] as const;

/** A pair that may be the same workflow. */
export const LinkSuggestion = z
  .object({
    id: Id,
    /** Has no lineage. */
    workflow: WorkflowIdentity,
    /** Has the lineage that would be joined, or would begin one with the other. */
    counterpart: WorkflowIdentity,
    score: z.number().min(0).max(1),
    /** In words, the weightiest first. */
    reasons: z.array(z.string()),
    status: z.enum(SUGGESTION_STATUSES),
    comment: z.string().nullable(),
    decidedBy: Actor.nullable(),
    decidedAt: Timestamp.nullable(),
    version: z.number().int(),
    createdAt: Timestamp,
  })
  .meta({ id: 'LinkSuggestion' });
export type LinkSuggestion = z.infer<typeof LinkSuggestion>;

export const ListSuggestions = listQuery(['score', 'createdAt'], '-score').extend({
  status: z.enum(SUGGESTION_STATUSES).default('open'),
  /** Suggestions for workflows of this environment, on either side. */
  environmentId: Id.optional(),
  workflowId: Id.optional(),
});
export const SuggestionPage = pageOf(LinkSuggestion);
export const DecideSuggestion = z.strictObject({ id: Id, comment: Reason.optional() });

/** One lineage in one environment. */
export const MatrixCell = z
  .object({
    environmentId: Id,
    workflowId: Id,
    n8nId: z.string(),
    name: z.string(),
    state: z.enum(CELL_STATES),
    active: z.boolean(),
    archived: z.boolean(),
    /** The draft differs from what runs. */
    unpublishedChanges: z.boolean(),
    /** The class of its drift; null when the last check found none, or there was none. */
    driftClass: z.string().nullable(),
    /** When it was last changed on its instance. */
    changedAt: Timestamp.nullable(),
  })
  .meta({ id: 'MatrixCell' });
export type MatrixCell = z.infer<typeof MatrixCell>;

export const MatrixRow = z
  .object({
    lineage: LineageRef,
    /** The worst of its cells. */
    worst: z.enum(CELL_STATES),
    /** In the order of the environments; null where the lineage is not. */
    cells: z.array(MatrixCell.nullable()),
  })
  .meta({ id: 'MatrixRow' });
export type MatrixRow = z.infer<typeof MatrixRow>;

export const MatrixEnvironment = z
  .object({
    environment: EnvironmentRef,
    /** When its inventory was last read as a whole: how old its column is. */
    syncedAt: Timestamp.nullable(),
    connectionStatus: z.string(),
    /** Cells by state, over all lineages. */
    counts: z.object(Object.fromEntries(CELL_STATES.map((state) => [state, z.number().int()])) as CellCounts),
  })
  .meta({ id: 'MatrixEnvironment' });
type CellCounts = Record<(typeof CELL_STATES)[number], z.ZodNumber>;
export type MatrixEnvironment = z.infer<typeof MatrixEnvironment>;

export const GetMatrix = listQuery(['name', 'worst'], '-worst').extend({
  /** Only lineages of this environment; together with `state`, those in that state there. */
  environmentId: Id.optional(),
  /** Only lineages with a cell in this state. `absent`: not in that environment, or not in all of them. */
  state: z.enum([...CELL_STATES, 'absent']).optional(),
  /** What the others are compared with, where it has the lineage; else the first environment that has it. */
  sourceEnvironmentId: Id.optional(),
});
export const Matrix = pageOf(MatrixRow)
  .extend({ environments: z.array(MatrixEnvironment) })
  .meta({ id: 'Matrix' });
