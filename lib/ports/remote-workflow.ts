/**
 * What a provider tells about its objects. A workflow's content keeps n8n's own file shape, because that is the
 * language `lib/workflow` reads; everything around the content is in our words.
 */
export type WorkflowNode = { name: string; type: string; [field: string]: unknown };

/** Source node name → output type → output index → targets. */
export type WorkflowConnections = Record<string, unknown>;

/** The graph alone: what a published version consists of. */
export type WorkflowGraph = {
  nodes: WorkflowNode[];
  connections: WorkflowConnections;
  nodeGroups?: unknown[];
};

/** What can be written: the draft. An omitted optional field is left as it is on the instance. */
export type WorkflowDocument = WorkflowGraph & {
  name: string;
  settings: Record<string, unknown>;
  description?: string | null;
  pinData?: Record<string, unknown>;
};

export type RemoteTag = { id: string; name: string };

/** What runs. `versionId` is null where the version keeps none: then the draft itself is what runs. */
export type PublishedVersion = WorkflowGraph & {
  versionId: string | null;
  name: string | null;
  publishedAt: string | null;
};

export type RemoteWorkflow = {
  id: string;
  /** The draft head. */
  document: WorkflowDocument;
  versionId: string | null;
  /** What runs; null when nothing is published. */
  published: PublishedVersion | null;
  archived: boolean;
  tags: RemoteTag[];
  /** The owning project where the instance tells it. */
  project: { id: string; name: string | null; kind: 'personal' | 'team' | null } | null;
  createdAt: string;
  /** Moves with every save, also with one that changes nothing; not with publishing, unpublishing or tagging. */
  updatedAt: string;
  /** As a list tells it, which says nothing of descriptions and pinned data. Absent: told whole. */
  listed?: true;
};

export type RemoteCredential = {
  id: string;
  name: string;
  /** n8n's credential type, `httpHeaderAuth` for one. */
  type: string;
  createdAt: string | null;
  updatedAt: string | null;
};

export type RemoteUser = {
  id: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  role: string | null;
  pending: boolean;
  createdAt: string | null;
  updatedAt: string | null;
};

export const EXECUTION_STATUSES = [
  'success',
  'error',
  'crashed',
  'canceled',
  'running',
  'waiting',
  'new',
  'unknown',
] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

export type RemoteExecution = {
  /** An increasing integer, as text. */
  id: string;
  workflowId: string;
  status: ExecutionStatus;
  /** How it began: `webhook`, `trigger`, `manual`, `retry`, … */
  mode: string;
  startedAt: string | null;
  stoppedAt: string | null;
  waitTill: string | null;
  retryOf: string | null;
  retrySuccessId: string | null;
};

export type RemoteExecutionDetail = RemoteExecution & {
  workflowName: string | null;
  /** The version that ran, where the instance records it. */
  workflowVersionId: string | null;
  /** The error as n8n words it, for a failed run. */
  error: { message: string; node: string | null } | null;
  /** n8n's own run data; null when it is too large or was not asked for. */
  data: unknown;
};
