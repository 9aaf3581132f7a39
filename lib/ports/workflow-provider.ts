import type { ProviderFailure } from './provider-error';
import type { Capability, Probe } from './provider-probe';
import type {
  PublishedVersion,
  RemoteCredential,
  RemoteExecution,
  RemoteExecutionDetail,
  RemoteTag,
  RemoteUser,
  RemoteWorkflow,
  WorkflowDocument,
  WorkflowGraph,
} from './remote-workflow';

/** Every call can be given up. */
export type Call = {
  signal?: AbortSignal;
  /** Runs right before each request that writes, repeated ones included. When it throws, nothing is sent. */
  beforeWrite?: () => void;
};

/**
 * One step of a walk over a changing list. Items come once per walk however often the provider repeats them.
 * Only a walk whose last page says `complete` has seen every row that existed throughout; and even then an absent
 * row is a question, answered by `getWorkflow`.
 */
export type ListPage<T> = {
  items: T[];
  /** Distinct items so far. */
  seen: number;
  requests: number;
  /** Set on the last page only. `false`: the list moved faster than it could be read. */
  complete?: boolean;
};

/**
 * What the draft was, and what ran, when the caller decided to write: a write that finds something else does nothing.
 * Publishing and unpublishing move neither version nor time of the draft, so what runs is compared by itself.
 */
export type Precondition = Pick<RemoteWorkflow, 'versionId' | 'updatedAt'> & {
  published: Pick<PublishedVersion, 'versionId'> | null;
};

export type UpdateOptions = Call & {
  expected?: Precondition;
  /**
   * `keep` leaves the published version running where the version can (capability `workflows.draftOnly`), and is
   * refused as `unsupported` for a published workflow where it cannot. `follow` puts the new draft live when the
   * workflow is published. Default `follow`.
   */
  published?: 'keep' | 'follow';
};

export type PublishOptions = Call & {
  /** Default: the draft head. */
  versionId?: string;
  /** The draft that the caller has seen: when there is another one by now, nothing is published (`conflict`). */
  draft?: string;
  /** Shown in the instance's own version history, where it has one. */
  label?: { name: string; description?: string };
};

/**
 * What a write came to, decided by reading back. Refusals that leave the instance untouched are thrown instead.
 * - `applied`: draft and published state are as asked.
 * - `saved_only`: the draft is saved; publishing was refused and what ran before still runs (or nothing ran).
 * - `unpublished`: the draft is saved, publishing failed and took the running version down.
 * - `published_broken`: the draft is saved and marked live, yet could not be started.
 */
export type WriteOutcome = {
  status: 'applied' | 'saved_only' | 'unpublished' | 'published_broken';
  /** As read back after the write. */
  workflow: RemoteWorkflow;
  /** Fields this version does not take, as paths (`settings.binaryMode`, `nodes[2].color`): they were not sent. */
  omitted: string[];
  /** Settings that stay although the document has none: the instance merges and cannot be told to remove them. */
  residual: string[];
  /** Somebody else's save came between the last look and this one, which replaced it; where the version counts saves. */
  overtook?: true;
  /** Why it is not `applied`. */
  problem?: { failure: ProviderFailure; detail: string };
};

export type PublishOutcome = {
  status: 'published' | 'unpublished';
  workflow: RemoteWorkflow;
  /** `pending`: the instance registers triggers after answering and has no way to ask; probe the webhook to know. */
  triggers: 'settled' | 'pending';
};

export type WorkflowQuery = Call & {
  pageSize?: number;
  /** How many there may be, so that pages can be asked for before their turn. A guess changes no answer. */
  expected?: number | Promise<number>;
};

export type ExecutionQuery = Call & {
  /** The newest one already known: stop with the page that reaches it. The newest page is given in any case. */
  afterId?: string;
  workflowId?: string;
  /** Also ask for running and waiting ones, which plain lists may leave out. Default true. */
  includeOpen?: boolean;
  /** Give up paging back after this many; then the last page is not `complete`. */
  maxItems?: number;
};

/** Credentials, or the reason they cannot be listed (then they are harvested from the workflows that use them). */
export type Listing<T> = { supported: true; items: T[] } | { supported: false; detail: string };

export type WebhookProbe = {
  /** Whether a production webhook is registered at the path; `unknown` when nothing clear answered. */
  registered: boolean | 'unknown';
  methods: string[];
};

/**
 * One instance of a workflow automation product, in our words. Every method throws `ProviderError` and nothing else
 * (or the signal's reason, when it was given up). Implementations hold no state that matters: two of them for the
 * same instance are interchangeable.
 */
export interface WorkflowProvider {
  /** Reachability, key, version, what works and what does not. Never throws for a bad address or key. */
  probe(call?: Call): Promise<Probe>;

  /** Whatever an implementation leaves out of its rows, they say so (`listed`). */
  listWorkflows(query?: WorkflowQuery): AsyncIterable<ListPage<RemoteWorkflow>>;
  /** Null means the provider itself said that there is none; anything less certain throws. */
  getWorkflow(id: string, call?: Call): Promise<RemoteWorkflow | null>;
  /** One version of the history; null when it is not kept (any more). */
  getWorkflowVersion(id: string, versionId: string, call?: Call): Promise<WorkflowGraph | null>;
  /** What this instance would take of a document, and the paths of what it would not. Writes nothing. */
  fitWorkflow(
    document: WorkflowDocument,
    options?: Call & { to?: 'create' | 'update' },
  ): Promise<{ document: WorkflowDocument; omitted: string[] }>;
  /** Created unpublished, under a new id. A lost answer throws `outcome_unknown`: look for it before trying again. */
  createWorkflow(document: WorkflowDocument, call?: Call): Promise<WriteOutcome>;
  updateWorkflow(id: string, document: WorkflowDocument, options?: UpdateOptions): Promise<WriteOutcome>;
  /** Unpublishes first where that is needed. `false`: it was already gone. */
  deleteWorkflow(id: string, call?: Call): Promise<boolean>;
  archiveWorkflow(id: string, call?: Call): Promise<RemoteWorkflow>;
  unarchiveWorkflow(id: string, call?: Call): Promise<RemoteWorkflow>;
  publishWorkflow(id: string, options?: PublishOptions): Promise<PublishOutcome>;
  unpublishWorkflow(id: string, call?: Call): Promise<PublishOutcome>;
  /** Replaces all tags of the workflow. */
  setWorkflowTags(id: string, tagIds: string[], call?: Call): Promise<RemoteTag[]>;

  listTags(call?: Call): Promise<RemoteTag[]>;
  createTag(name: string, call?: Call): Promise<RemoteTag>;
  listCredentials(call?: Call): Promise<Listing<RemoteCredential>>;
  listUsers(call?: Call): Promise<Listing<RemoteUser>>;

  /** Newest first. */
  listExecutions(query?: ExecutionQuery): AsyncIterable<ListPage<RemoteExecution>>;
  getExecution(id: string, call?: Call & { includeData?: boolean }): Promise<RemoteExecutionDetail | null>;

  /** Asks without running the workflow. */
  probeWebhook(path: string, call?: Call): Promise<WebhookProbe>;
}

/** How to reach one instance. */
export type ProviderConnection = { baseUrl: string; apiKey: string };

/** An entry of the registry that `/providers` lists. */
export type ProviderKind = {
  type: string;
  name: string;
  description: string;
  /** What a connection needs, in form order. */
  connection: { field: keyof ProviderConnection; label: string; secret: boolean; help: string }[];
  capabilities: readonly Capability[];
  connect(connection: ProviderConnection): WorkflowProvider;
};
