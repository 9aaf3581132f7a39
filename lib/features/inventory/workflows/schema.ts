import { z } from 'zod';
import { download, upload } from '@/lib/core/files';
import { ById, Flag, Id, listQuery, Name, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef, SyncPhase } from '@/lib/features/connections/environments/schema';
import { COMPLEXITIES, PRESENCES, TRIGGER_KINDS } from './model';

/** One workflow in one environment, as last seen. */
export const Workflow = z
  .object({
    id: Id,
    environment: EnvironmentRef,
    n8nId: z.string(),
    name: z.string(),
    active: z.boolean(),
    archived: z.boolean(),
    /** `missing`: the instance itself said that it is gone. */
    presence: z.enum(PRESENCES),
    missingSince: Timestamp.nullable(),
    /** The draft differs from what runs. */
    unpublishedChanges: z.boolean(),
    tags: z.array(z.string()),
    nodeCount: z.number().int(),
    triggers: z.array(z.enum(TRIGGER_KINDS)),
    complexity: z.enum(COMPLEXITIES),
    problemCount: z.number().int(),
    n8nCreatedAt: Timestamp.nullable(),
    n8nUpdatedAt: Timestamp.nullable(),
    seenAt: Timestamp,
    version: z.number().int(),
  })
  .meta({ id: 'Workflow' });
export type Workflow = z.infer<typeof Workflow>;

const WorkflowProblem = z.object({ code: z.string(), severity: z.string(), path: z.string(), message: z.string() });

/** A workflow's JSON in n8n's own shape. */
export const WorkflowBody = z.looseObject({
  nodes: z.array(z.looseObject({ name: z.string(), type: z.string() })),
  connections: z.record(z.string(), z.unknown()),
});

const count = z.number().int();
const NodeSummary = z.object({
  key: z.string(),
  name: z.string(),
  type: z.string(),
  category: z.string(),
  isTrigger: z.boolean(),
  credentialTypes: z.array(z.string()),
});

/** What can be measured in a draft: every figure counts something one can point at. */
export const WorkflowAnalysis = z
  .object({
    /** Two sentences of facts. */
    summary: z.string(),
    graph: z.object({
      nodes: count,
      disabled: count,
      notes: count,
      connections: count,
      subNodes: count,
      triggers: count,
      sinks: count,
      depth: count,
      maxFanOut: count,
      maxFanIn: count,
      decisions: count,
      isLinear: z.boolean(),
      cycles: z.array(z.array(z.string())),
      unreachable: z.array(z.string()),
      linesOfCode: count,
    }),
    nodes: z.array(NodeSummary),
    systems: z.array(z.object({ name: z.string(), nodes: count })),
    robustness: z.object({
      outbound: count,
      retried: count,
      handled: count,
      ignored: count,
      hasErrorWorkflow: z.boolean(),
    }),
    complexity: z.object({
      level: z.enum(COMPLEXITIES),
      reasons: z.array(z.object({ measure: z.string(), value: z.number(), above: z.number() })),
    }),
  })
  .meta({ id: 'WorkflowAnalysis' });
export type WorkflowAnalysis = z.infer<typeof WorkflowAnalysis>;

/** A workflow that another one names: called, used as a tool, its error handler. */
export const WorkflowCall = z.object({
  role: z.enum(['execute', 'tool', 'retriever', 'n8nNode', 'errorWorkflow', 'caller']),
  nodeName: z.string().nullable(),
  /** Null where an expression decides at run time. */
  n8nId: z.string().nullable(),
  /** Ours, when it is in the inventory. */
  workflowId: Id.nullable(),
  name: z.string().nullable(),
});

export const CredentialOfWorkflow = z.object({
  id: Id,
  n8nId: z.string(),
  name: z.string(),
  type: z.string(),
  presence: z.enum(PRESENCES),
  nodes: z.array(z.string()),
});

export const WorkflowDetail = Workflow.extend({
  /** Where it can be opened in n8n itself. */
  openUrl: z.string(),
  draft: WorkflowBody,
  /** What runs, where that is not the draft; null when it is the draft, or nothing runs. */
  published: WorkflowBody.nullable(),
  digests: z.object({
    logic: z.string(),
    layout: z.string(),
    settings: z.string(),
    shape: z.string().nullable(),
    published: z.string().nullable(),
  }),
  problems: z.array(WorkflowProblem),
  /** Null for a workflow that cannot be read; `problems` says why. */
  analysis: WorkflowAnalysis.nullable(),
  /** Workflows that this one depends on. */
  calls: z.array(WorkflowCall),
  credentials: z.array(CredentialOfWorkflow),
  /** How old what stands here is. */
  phases: z.array(SyncPhase),
}).meta({ id: 'WorkflowDetail' });
export type WorkflowDetail = z.infer<typeof WorkflowDetail>;

export const ListWorkflows = listQuery(
  ['name', 'n8nUpdatedAt', 'n8nCreatedAt', 'nodeCount', 'active', 'seenAt'],
  'name',
).extend({
  environmentId: Id.optional(),
  active: Flag.optional(),
  tag: z.string().max(100).optional(),
  trigger: z.enum(TRIGGER_KINDS).optional(),
  presence: z.enum(PRESENCES).optional(),
  /** Default: archived ones are left out. */
  archived: z.union([Flag, z.literal('all')]).default(false),
  unpublishedChanges: Flag.optional(),
});
export const WorkflowPage = pageOf(Workflow);

/** Why it is done; needed in staging and production, and recorded. */
export const Reason = z.string().trim().min(3, 'Say why, in a few words.').max(500);

export const SwitchWorkflow = z.strictObject({ ...ById.shape, reason: Reason.optional() });
export const SetWorkflowTags = z.strictObject({
  ...ById.shape,
  /** Names; each must exist on the instance. */
  tags: z.array(z.string().trim().min(1).max(24)).max(50),
  reason: Reason.optional(),
});
export const UpdateWorkflow = z.strictObject({
  ...ById.shape,
  name: Name(128).optional(),
  /** The whole draft in n8n's shape; ids and state in it are ignored. */
  workflow: WorkflowBody.optional(),
  reason: Reason.optional(),
});
/** Without `hard` the workflow is archived. `confirmName` is the workflow's name, typed. */
export const DeleteWorkflow = z.strictObject({
  ...ById.shape,
  hard: Flag.default(false),
  confirmName: z.string().max(200).optional(),
  reason: Reason.optional(),
});

/** What came of a write, read back from the instance. */
export const WorkflowWrite = z
  .object({
    status: z.enum(['applied', 'saved_only', 'unpublished', 'published_broken']),
    workflow: Workflow,
    /** Fields this version of n8n does not take. */
    omitted: z.array(z.string()),
    /** What is not as asked, and why. */
    detail: z.string().nullable(),
  })
  .meta({ id: 'WorkflowWrite' });

export const UploadWorkflows = z.strictObject({
  environmentId: Id,
  files: upload({ maxFiles: 50 }),
  reason: Reason.optional(),
});
export const UploadResult = z.object({
  environment: EnvironmentRef,
  created: z.number().int(),
  failed: z.number().int(),
  results: z.array(
    z.object({
      /** The file, and inside an archive its path. */
      file: z.string(),
      status: z.enum(['created', 'failed']),
      workflow: Workflow.nullable(),
      error: z.object({ code: z.string(), detail: z.string() }).nullable(),
      omitted: z.array(z.string()),
    }),
  ),
});
export type UploadResult = z.infer<typeof UploadResult>;

export const DownloadWorkflows = z.object({
  environmentId: Id,
  /** Only these, comma separated; default all that are present. */
  ids: z
    .string()
    .max(4_000)
    .refine((text) => text.split(',').every((id) => Id.safeParse(id).success), 'Ids, with commas between them.')
    .optional(),
});
export const WorkflowArchive = download('application/zip');
