import type { JsonPath } from '../model';

/** The node a reference stands in. */
export interface ReferringNode {
  /** The node's `key` in its workflow. */
  readonly key: string;
  readonly id: string | null;
  readonly name: string;
  readonly type: string;
  readonly disabled: boolean;
}

/**
 * How a reference is written.
 * `idAndName`: a credential object. `name`: known by name only. `plain`: a bare id. `list`, `id`, `url`: a resource
 * locator in that mode. `commaList`: one of several ids in one string. `expression`, `text`: inside an expression, or
 * inside plain text or code. `inline`: a whole sub-workflow in a parameter. `file`, `remote`: a workflow kept outside.
 * `nodeType`, `webhook`: the node itself says so.
 */
export type Written =
  | 'idAndName'
  | 'name'
  | 'plain'
  | 'list'
  | 'id'
  | 'url'
  | 'commaList'
  | 'expression'
  | 'text'
  | 'inline'
  | 'file'
  | 'remote'
  | 'nodeType'
  | 'webhook';

/** Where a reference stands. */
export interface Place {
  /** The node it stands in, the outermost where sub-workflows are inline; null for a workflow setting. */
  readonly node: ReferringNode | null;
  /** Steps from that node, or from the workflow for a setting. JSON text on the way is walked as what it holds. */
  readonly path: JsonPath;
  /** Names of the nodes inside an inline sub-workflow that lead to it, outermost first; empty outside of one. */
  readonly within: readonly string[];
}

interface Common extends Place {
  readonly written: Written;
  /** What the instance looks it up by. */
  readonly id?: string;
  /** What a person knows it as. */
  readonly name?: string;
  /** Set when the target is only known at run time; then neither `id` nor `name` is claimed. */
  readonly expression?: string;
  /** The part of the string at `path` that is the reference, [start, end), where it is not the whole of it. */
  readonly span?: readonly [start: number, end: number];
}

/** What the other workflow is to this one. */
export type WorkflowRole = 'execute' | 'tool' | 'retriever' | 'n8nNode' | 'errorWorkflow' | 'caller';

interface Details {
  credential: { readonly credentialType: string };
  /** `self`: it names the workflow it stands in, by its id or by exactly `{{ $workflow.id }}`. */
  workflow: { readonly role: WorkflowRole; readonly self: boolean };
  dataTable: unknown;
  project: unknown;
  variable: unknown;
  /** `name` is `vault.key`. */
  secret: unknown;
  environmentVariable: unknown;
  /** `id` is the webhookId, `name` the production route below the instance's prefix. */
  webhook: { readonly methods: readonly string[] };
  /** A locator of something in another system; `parameter` is dotted, `filter.folderId`. */
  resource: { readonly parameter: string };
  /** `$workflow.id` in a text. */
  self: unknown;
  /** A URL shaped like an n8n instance's; whether it is this one's is known only to a caller who gives the origins. */
  ownUrl: { readonly origin: string; readonly endpoint: string; readonly own: true | 'unknown' };
  /** `name` is the npm package. */
  nodePackage: { readonly nodeType: string; readonly typeVersion: number };
}

/** Everything a workflow can depend on. */
export type ReferenceKind = keyof Details;

/** A reference of one kind. */
export type ReferenceOf<Kind extends ReferenceKind> = Common & { readonly kind: Kind } & Details[Kind];

/** One outgoing dependency of a workflow. */
export type Reference = { [Kind in ReferenceKind]: ReferenceOf<Kind> }[ReferenceKind];

/** A reference to another workflow, or to itself. */
export type WorkflowReference = ReferenceOf<'workflow'>;

/** True when the target is computed at run time, so that nothing can be said about it beforehand. */
export const isDynamic = (reference: Reference): boolean => reference.expression !== undefined;
