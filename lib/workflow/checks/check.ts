import type { Flow } from '../layout/flow';
import type { JsonPath, Workflow, WorkflowNode } from '../model';
import type { Reference } from '../references/reference';

/** `error`: fix before it runs in production. `warning`: decide. `info`: know. */
export type Severity = 'error' | 'warning' | 'info';

/** What the surroundings know and a workflow cannot say. */
export interface CheckOptions {
  /** Versions of community packages that the instance is pinned to, by package. */
  readonly pinnedPackages?: Readonly<Record<string, string>>;
  /** Origins of the instance, to tell its own URLs from others'. */
  readonly ownOrigins?: readonly string[];
}

/** A workflow as checks see it; what several of them need is worked out once. */
export interface CheckContext {
  readonly workflow: Workflow;
  readonly options: CheckOptions;
  readonly flow: Flow;
  readonly references: readonly Reference[];
  /** Keys of the nodes that run on data a stranger can send. */
  readonly untrusted: ReadonlySet<string>;
}

/** One thing a check found. `path` starts at the node, or at the workflow where there is no node. */
export interface Issue {
  readonly node?: Pick<WorkflowNode, 'key' | 'name' | 'type'> | null;
  readonly path?: JsonPath;
  readonly message: string;
  /** Where it differs from the check's own. */
  readonly severity?: Severity;
}

/** A rule that a workflow can break. */
export interface Check {
  /** Kebab-case, never reused: suppressions and policies refer to it. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly remedy: string;
  readonly find: (context: CheckContext) => Iterable<Issue>;
}
