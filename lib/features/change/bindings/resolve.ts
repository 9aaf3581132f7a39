import type { Workflow } from '@/lib/workflow/model';
import { extractReferences } from '@/lib/workflow/references/extract';
import type { Reference } from '@/lib/workflow/references/reference';
import type { Binding, BoundThing } from '@/lib/workflow/remap/bindings';
import type { ParameterOverride } from '@/lib/workflow/remap/overrides';
import { remapReferences, type UnresolvedReference } from '@/lib/workflow/remap/remap';
import { type DeclaredBinding, placeholderId, type Resolution, type Side, type Thing, type Unresolved } from './model';
import { type BindingKind, bindingKindOf, requirementKey } from './requirement';

export type Resolving = {
  source: Side;
  target: Side;
  declared: readonly DeclaredBinding[];
  /** All that is written to the target together, as it stands in the source. */
  workflows: readonly { lineageId: string; workflow: Workflow }[];
};

/**
 * What each workflow's references are in the target, by lineage: what somebody declared, else the one credential of the
 * same name and type, else the workflow of the same lineage, or the placeholder of one that is written with it.
 */
export function resolveReferences(resolving: Resolving): Map<string, Resolution> {
  const ground = survey(resolving);
  return new Map(
    resolving.workflows.map(({ lineageId, workflow }) => [lineageId, resolveOne(lineageId, workflow, ground)]),
  );
}

/** How one environment meets a credential, by what is declared for all its workflows, else by its name. */
export function resolveCredential(
  { type, name }: { type: string; name: string },
  target: Side,
  declared: readonly DeclaredBinding[],
): Found {
  const nowhere = { workflows: [], credentials: [], listsCredentials: true };
  const ground = survey({ source: nowhere, target, declared, workflows: [] });
  const need = { kind: 'credential' as const, requirement: requirementKey('credential', { type, name }), type, name };
  return declaredFor(need, '', ground) ?? credentialNamed(need, ground);
}

type Ground = ReturnType<typeof survey>;

function survey({ source, target, declared, workflows }: Resolving) {
  const linked = target.workflows.flatMap((one) => (one.lineageId ? [[one.lineageId, one] as const] : []));
  return {
    sourceWorkflows: new Map(source.workflows.map((one) => [one.n8nId, one])),
    sourceCredentials: new Map(source.credentials.map((one) => [one.n8nId, one])),
    target,
    targetByLineage: new Map(linked),
    /** Names of what is written, by lineage. */
    written: new Map(workflows.map(({ lineageId, workflow }) => [lineageId, workflow.name])),
    declared: Map.groupBy(declared, needKey),
  };
}

type Need = { kind: BindingKind; requirement: string; type?: string; name?: string };
type Failure = Pick<Unresolved, 'why' | 'candidates'>;
export type Found = { to: BoundThing | 'keep' } | Failure;

const needKey = ({ kind, requirement }: Pick<Need, 'kind' | 'requirement'>): string => `${kind} ${requirement}`;

function resolveOne(lineageId: string, workflow: Workflow, ground: Ground): Resolution {
  const bound = new Map<string, Binding>();
  const failures = new Map<string, Failure>();
  for (const reference of extractReferences(workflow)) {
    const need = reference.expression === undefined ? needOf(reference, ground) : undefined;
    if (!need) continue;
    const found = declaredFor(need, lineageId, ground) ?? sameThing(reference, need, lineageId, ground);
    if (!found) continue;
    if ('why' in found) failures.set(needKey(need), found);
    else bind(bound, reference, found.to);
  }
  const bindings = [...bound.values()];
  const left = remapReferences(workflow, bindings).unresolved;
  const { overrides, expired } = parametersOf(lineageId, ground);
  return { bound: bindings, overrides, unresolved: [...report(left, failures, ground), ...expired] };
}

/** What a reference asks for, under the name its own instance knows it by: the label beside an id goes stale. */
function needOf(reference: Reference, ground: Ground): Need | undefined {
  const kind = bindingKindOf(reference);
  if (!kind) return undefined;
  const { id: n8nId = '' } = reference;
  const type = reference.kind === 'credential' ? reference.credentialType : undefined;
  const known =
    kind === 'credential'
      ? ground.sourceCredentials.get(n8nId)
      : kind === 'workflow'
        ? ground.sourceWorkflows.get(n8nId)
        : undefined;
  const name = known?.name ?? reference.name;
  return { kind, requirement: requirementKey(kind, { type, name, n8nId }), type, name };
}

/** What somebody declared, the workflow's own before everybody's. What has run out or is gone is said, not replaced. */
function declaredFor(need: Need, lineageId: string, ground: Ground): Found | undefined {
  const all = ground.declared.get(needKey(need)) ?? [];
  const one = all.find((own) => own.lineageId === lineageId) ?? all.find((general) => general.lineageId === null);
  if (!one) return undefined;
  if (one.expired) return { why: 'expired', candidates: candidatesFor(need, ground) };
  if ('keep' in one.value) return { to: 'keep' };
  if (!('n8nId' in one.value)) return 'node' in one.value ? undefined : { to: { name: one.value.name } };
  const { n8nId, name } = one.value;
  if (need.kind === 'data_table') return { to: { id: n8nId, name } };
  const there = candidatesFor(need, ground).find((thing) => thing.n8nId === n8nId);
  if (there) return { to: { id: n8nId, name: there.name } };
  // Somebody looked there; the instance itself refuses a workflow that names a credential it does not have.
  if (need.kind === 'credential' && !ground.target.listsCredentials) return { to: { id: n8nId, name } };
  return { why: 'gone', candidates: candidatesFor(need, ground) };
}

/** What could stand for a need at all: credentials of its type, or any workflow. */
const candidatesFor = ({ kind, type }: Need, { target }: Ground): Thing[] =>
  (kind === 'workflow' ? target.workflows : kind === 'credential' ? ofType(target, type) : []).map(toThing);

const ofType = (target: Side, type: string | undefined) => target.credentials.filter((one) => one.type === type);
const toThing = ({ n8nId, name }: Thing): Thing => ({ n8nId, name });

/** Where nobody declared anything: the same thing over there, when it is beyond doubt. */
function sameThing(reference: Reference, need: Need, lineageId: string, ground: Ground): Found | undefined {
  if (need.kind === 'credential') return credentialNamed(need, ground);
  if (reference.kind !== 'workflow' || reference.id === undefined) return undefined;
  const called = reference.self ? lineageId : ground.sourceWorkflows.get(reference.id)?.lineageId;
  const there = called ? ground.targetByLineage.get(called) : undefined;
  const written = called ? ground.written.get(called) : undefined;
  if (there) return { to: { id: there.n8nId, name: written ?? there.name } };
  if (called && written !== undefined) return { to: { id: placeholderId(called), name: written } };
  const namesakes = ground.target.workflows.filter(({ name }) => name === need.name);
  return { why: 'missing', candidates: namesakes.map(toThing) };
}

function credentialNamed({ type, name }: Need, { target }: Ground): Found {
  const alike = ofType(target, type);
  const named = alike.filter((one) => one.name === name);
  if (named.length > 1) return { why: 'ambiguous', candidates: named.map(toThing) };
  return named[0]
    ? { to: { id: named[0].n8nId, name: named[0].name } }
    : { why: 'missing', candidates: alike.map(toThing) };
}

function bind(bound: Map<string, Binding>, reference: Reference, to: Binding['to']): void {
  const { kind, id, name } = reference;
  const credentialType = kind === 'credential' ? { credentialType: reference.credentialType } : {};
  const from = { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) };
  const key = JSON.stringify([kind, credentialType, from]);
  bound.set(key, { kind: kind as Binding['kind'], ...credentialType, from, to });
}

const WHY: Record<UnresolvedReference['reason'], Unresolved['why']> = {
  unbound: 'missing',
  ambiguous: 'ambiguous',
  dynamic: 'dynamic',
  incomplete: 'missing',
};

/** What the rewriting leaves behind, each requirement once, and what was declared and does not hold. */
function report(
  left: readonly UnresolvedReference[],
  failures: ReadonlyMap<string, Failure>,
  ground: Ground,
): Unresolved[] {
  const reported = new Map<string, Unresolved>();
  for (const { reference, reason } of left) {
    const { expression, node } = reference;
    const need = expression === undefined ? needOf(reference, ground) : undefined;
    const kind = (need?.kind ?? bindingKindOf(reference) ?? reference.kind) as Unresolved['kind'];
    const requirement = need?.requirement ?? expression ?? reference.name ?? reference.id ?? '';
    const failure = (need && failures.get(needKey(need))) ?? { why: WHY[reason], candidates: [] };
    const one = reported.get(`${kind} ${requirement}`) ?? { kind, requirement, ...failure, nodes: [] };
    if (node && !one.nodes.includes(node.name)) one.nodes.push(node.name);
    reported.set(`${kind} ${requirement}`, one);
  }
  return [...reported.values()];
}

/** The parameters that are declared for this lineage; one that has run out is said, and not set. */
function parametersOf(lineageId: string, ground: Ground): { overrides: ParameterOverride[]; expired: Unresolved[] } {
  const overrides: ParameterOverride[] = [];
  const expired: Unresolved[] = [];
  for (const binding of [...ground.declared.values()].flat()) {
    const { kind, requirement, value } = binding;
    if (binding.lineageId !== lineageId || !('node' in value)) continue;
    if (binding.expired) expired.push({ kind, requirement, why: 'expired', candidates: [], nodes: [value.node] });
    else overrides.push(value);
  }
  return { overrides, expired };
}
