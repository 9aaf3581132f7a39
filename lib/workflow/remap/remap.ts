import { editWorkflow, type OwnedEdit } from '../edit/edit-workflow';
import type { Json, Workflow } from '../model';
import { extractReferences } from '../references/extract';
import { valueAt } from '../references/path';
import type { Reference } from '../references/reference';
import { type Binding, BindingMap, type BoundThing } from './bindings';
import { rewrite } from './rewrite';

/** A reference the target will not understand as it stands. */
export interface UnresolvedReference {
  readonly reference: Reference;
  /**
   * `unbound`: the map says nothing. `ambiguous`: it says several things. `dynamic`: computed at run time.
   * `incomplete`: the target lacks what this way of writing needs, an id or a name.
   */
  readonly reason: 'unbound' | 'ambiguous' | 'dynamic' | 'incomplete';
}

/** The outcome of a remap. */
export interface Remapped {
  readonly workflow: Workflow;
  readonly rewritten: readonly { readonly reference: Reference; readonly to: BoundThing }[];
  /** Empty when nothing of the source instance is left behind. */
  readonly unresolved: readonly UnresolvedReference[];
}

/**
 * Rewrites the draft's references from a binding map and touches nothing else: a reference keeps the form it is
 * written in, cached names and addresses are refreshed or dropped. Things the target finds by the same name anyway
 * (variables, secrets, tables by name) and things in other systems are rewritten when bound and else left alone.
 */
export function remapReferences(workflow: Workflow, bindings: Iterable<Binding>): Remapped {
  const map = new BindingMap(bindings);
  const nodes = new Map(workflow.nodes.map((node) => [node.key, node as unknown as Json]));
  const edits: OwnedEdit[] = [];
  const rewritten: { reference: Reference; to: BoundThing }[] = [];
  const unresolved: UnresolvedReference[] = [];
  for (const reference of extractReferences(workflow)) {
    const outcome = decide(reference, map);
    if (outcome === 'settled') continue;
    if ('reason' in outcome) {
      unresolved.push({ reference, reason: outcome.reason });
      continue;
    }
    const { node, path } = reference;
    const owner = node ? nodes.get(node.key) : (workflow as unknown as Json);
    const made = rewrite(reference, valueAt(owner, path), outcome.from, outcome.to);
    if (!made) unresolved.push({ reference, reason: 'incomplete' });
    else {
      edits.push(...made.map((edit) => ({ ...edit, node: node?.key ?? null })));
      rewritten.push({ reference, to: outcome.to });
    }
  }
  return { workflow: editWorkflow(workflow, edits), rewritten, unresolved };
}

type Decision =
  | 'settled'
  | Pick<UnresolvedReference, 'reason'>
  | { readonly from: BoundThing; readonly to: BoundThing };

function decide(reference: Reference, map: BindingMap): Decision {
  const binds = mustBeBound(reference);
  if (reference.expression !== undefined) return binds ? { reason: 'dynamic' } : 'settled';
  const lookup = map.find(reference);
  if ('missing' in lookup) return binds || lookup.missing === 'ambiguous' ? { reason: lookup.missing } : 'settled';
  const { from, to } = lookup.binding;
  return to === 'keep' || isSame(from, to) ? 'settled' : { from, to };
}

/** Whether the reference means nothing, or something else, on another instance. */
function mustBeBound(reference: Reference): boolean {
  const { kind, id, written, expression } = reference;
  if (kind === 'credential') return true;
  if (kind === 'workflow') return id !== undefined || expression !== undefined || written === 'url';
  if (kind === 'dataTable' || kind === 'project') return id !== undefined || expression !== undefined;
  return kind === 'ownUrl' && reference.own === true;
}

/** The name beside an id is a label: without one the binding says nothing about it. */
const isSame = (from: BoundThing, to: BoundThing): boolean =>
  from.id === to.id &&
  (to.name === undefined || from.name === to.name) &&
  (to.url === undefined || from.url === to.url);
