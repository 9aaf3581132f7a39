/**
 * What an n8n workflow *is*, once read: the one normal form on which canonical form, diff, references, remap, closure,
 * risk and checks stand. `readWorkflow` makes it from any JSON, `writeWorkflow` turns it back into n8n's shape.
 * Values are shared with the JSON they were read from and never mutated.
 */

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. Keys are data: use `Object.hasOwn`, never `in`. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Steps from a value to one inside it: object keys and array indexes. */
export type JsonPath = readonly (string | number)[];

/** Canvas coordinates in pixels, `[x, y]`. */
export type Position = readonly [x: number, y: number];

/** What a node does when it fails; `stopWorkflow` is n8n's default. The legacy `continueOnFail` reads as `continueRegularOutput`. */
export type ErrorPolicy = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** A credential as a node names it. Legacy nodes know only its name; n8n resolves by id, the name beside it is a cache. */
export type CredentialReference = {
  readonly id: string | null;
  readonly name: string | null;
  /** Supplied by n8n's own AI gateway: there is nothing to bind. */
  readonly managed: boolean;
};

/** One node, every optional field filled with n8n's default. */
export interface WorkflowNode {
  /** Unique within its workflow: the node's id, or `name:<name>` when it has none or shares it. */
  readonly key: string;
  /** As n8n stores it; null in files older than node ids. */
  readonly id: string | null;
  /** What connections and expressions call it. */
  readonly name: string;
  /** For instance `n8n-nodes-base.httpRequest`. */
  readonly type: string;
  readonly typeVersion: number;
  readonly position: Position;
  /** Exactly as stored: cached names and empty collections are still in it. */
  readonly parameters: JsonObject;
  /** By credential type. */
  readonly credentials: Readonly<Record<string, CredentialReference>>;
  readonly disabled: boolean;
  readonly onError: ErrorPolicy;
  readonly retryOnFail: boolean;
  readonly maxTries: number;
  /** Milliseconds. */
  readonly waitBetweenTries: number;
  readonly alwaysOutputData: boolean;
  readonly executeOnce: boolean;
  /** Half of the address of most webhooks; newer n8n invents it on save. */
  readonly webhookId: string | null;
  readonly notes: string;
  readonly notesInFlow: boolean;
  /** Fields this engine does not know. They count as behaviour, so that nothing changes unseen. */
  readonly rest: JsonObject;
}

/** One connection. Both ends exist; `type` and `toType` are `main` or one of the `ai_*` kinds. */
export interface Edge {
  readonly from: string;
  readonly type: string;
  /** Index of the output. */
  readonly output: number;
  readonly to: string;
  readonly toType: string;
  /** Index of the input. */
  readonly input: number;
}

/** The part of a workflow that n8n versions: what a draft and its published version each have. */
export interface WorkflowGraph {
  /** Sorted by name, then id. */
  readonly nodes: readonly WorkflowNode[];
  /** Sorted; within one output of a `main` connection the stored order is kept unless the execution order is `v1`. */
  readonly edges: readonly Edge[];
  /** Frames on the canvas, as stored. */
  readonly nodeGroups: readonly Json[];
}

/** The version that runs, where it is stored beside the draft. */
export interface PublishedVersion extends WorkflowGraph {
  readonly versionId: string | null;
}

/** A workflow in normal form; its own nodes and edges are the draft. */
export interface Workflow extends WorkflowGraph {
  /** The id on its instance; null for a file. */
  readonly id: string | null;
  readonly name: string;
  readonly description: string;
  /** Without empty and derived values, and without keys that hold n8n's default (`SETTING_DEFAULTS`). */
  readonly settings: JsonObject;
  /** Test data by node name, never cleaned; nodes without any have no entry. */
  readonly pinData: JsonObject;
  /** Names, sorted, each once. */
  readonly tags: readonly string[];
  readonly active: boolean;
  readonly archived: boolean;
  readonly versionId: string | null;
  /** Null when inactive, and on instances that do not store it: an active workflow then runs its draft. */
  readonly published: PublishedVersion | null;
}

/** Sticky notes are drawn, never run. */
export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** Whether a node is only drawn: it has no connections and nothing can refer to it. */
export function isNote(node: { readonly type: string }): boolean {
  return node.type === STICKY_NOTE;
}

/** Settings n8n assumes when the key is absent. A writer must send them: n8n merges settings on PUT. */
export const SETTING_DEFAULTS: JsonObject = {
  availableInMCP: false,
  callerPolicy: 'workflowsFromSameOwner',
  errorWorkflow: 'DEFAULT',
  executionOrder: 'v0',
  executionTimeout: -1,
  saveDataErrorExecution: 'DEFAULT',
  saveDataSuccessExecution: 'DEFAULT',
  saveExecutionProgress: 'DEFAULT',
  saveManualExecutions: 'DEFAULT',
  timeSavedMode: 'fixed',
  timezone: 'DEFAULT',
};

/** Settings that an instance derives by itself and reports or not, depending on its version. */
export const DERIVED_SETTINGS: ReadonlySet<string> = new Set(['binaryMode', 'credentialResolverId']);

/** The workflow as it runs: the published version where one is stored, the draft when merely active, null when inactive. */
export function runningWorkflow(workflow: Workflow): Workflow | null {
  if (!workflow.active) return null;
  if (!workflow.published) return workflow;
  const { nodes, edges, nodeGroups, versionId } = workflow.published;
  return { ...workflow, nodes, edges, nodeGroups, versionId };
}

/** Whether a JSON value is an object, not an array and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Order by UTF-16 code units, the one order used everywhere: the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
