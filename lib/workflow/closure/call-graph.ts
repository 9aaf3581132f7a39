import type { Workflow } from '../model';
import { workflowCalls } from '../references/calls';
import type { WorkflowReference } from '../references/reference';

/** A workflow as its instance, or a set of files, knows it. */
export interface Callable {
  /** Unique in its set; usually the workflow's id. */
  readonly id: string;
  readonly name: string;
  readonly calls: readonly WorkflowReference[];
}

/** One resolved reference between two workflows of the set, by their ids. */
export interface Call {
  readonly from: string;
  readonly to: string;
  readonly reference: WorkflowReference;
  /** `name`: no workflow has the id, and exactly one has the display name. A plan may want to ask about those. */
  readonly matchedBy: 'id' | 'name';
}

/** A reference that leads to no workflow of the set, or to none that could be named. */
export interface UnresolvedCall {
  readonly from: string;
  readonly reference: WorkflowReference;
  /**
   * `missing`: nothing of that id or name. `ambiguous`: several of that name, or that id twice. `dynamic`: computed at
   * run time. `outside`: kept in a file or behind a URL.
   */
  readonly reason: 'missing' | 'ambiguous' | 'dynamic' | 'outside';
  /** Ids of the workflows it could mean, when ambiguous. */
  readonly candidates: readonly string[];
}

/** Workflows and what each resolves its references to. Made once, asked for any closure. */
export interface CallGraph {
  readonly members: ReadonlyMap<string, Callable>;
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  readonly unresolved: ReadonlyMap<string, readonly UnresolvedCall[]>;
}

/** The workflow as a member of a call graph; a file without an id goes by its name. */
export function callable(workflow: Workflow): Callable {
  return { id: workflow.id ?? workflow.name, name: workflow.name, calls: workflowCalls(workflow) };
}

/** Resolves every reference between workflows: by id, else by a display name that only one of them has. */
export function callGraph(workflows: Iterable<Callable>): CallGraph {
  const index = indexOf(workflows);
  const calls = new Map<string, Call[]>();
  const unresolved = new Map<string, UnresolvedCall[]>();
  for (const { id: from, calls: references } of index.members.values()) {
    if (references.length === 0) continue;
    const own: Call[] = [];
    const open: UnresolvedCall[] = [];
    for (const reference of references) {
      const resolved = resolve(reference, from, index);
      if (resolved === undefined) continue;
      if ('to' in resolved) own.push({ from, to: resolved.to, reference, matchedBy: resolved.matchedBy });
      else open.push({ from, reference, ...resolved });
    }
    calls.set(from, own);
    if (open.length > 0) unresolved.set(from, open);
  }
  return { members: index.members, calls, unresolved };
}

function indexOf(workflows: Iterable<Callable>): Index {
  const members = new Map<string, Callable>();
  const twice = new Set<string>();
  const byName = new Map<string, string[]>();
  for (const workflow of workflows) {
    if (members.has(workflow.id)) {
      twice.add(workflow.id);
      continue;
    }
    members.set(workflow.id, workflow);
    const named = byName.get(workflow.name);
    if (named) named.push(workflow.id);
    else byName.set(workflow.name, [workflow.id]);
  }
  return { members, twice, byName };
}

interface Index {
  readonly members: ReadonlyMap<string, Callable>;
  readonly twice: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

type Resolution = Pick<Call, 'to' | 'matchedBy'> | Pick<UnresolvedCall, 'reason' | 'candidates'>;

function resolve(reference: WorkflowReference, from: string, index: Index): Resolution | undefined {
  const { written, id, name, expression, self } = reference;
  if (self) return { to: from, matchedBy: 'id' };
  if (written === 'inline') return undefined;
  if (expression !== undefined) return { reason: 'dynamic', candidates: [] };
  if (written === 'file' || written === 'remote') return { reason: 'outside', candidates: [] };
  if (id !== undefined && index.twice.has(id)) return { reason: 'ambiguous', candidates: [id] };
  if (id !== undefined && index.members.has(id)) return { to: id, matchedBy: 'id' };
  const named = name === undefined ? [] : (index.byName.get(name) ?? []);
  if (named.length === 1) return { to: named[0]!, matchedBy: 'name' };
  return { reason: named.length === 0 ? 'missing' : 'ambiguous', candidates: named };
}
