import { applyChanges } from '@/lib/workflow/diff/apply-changes';
import type { Change } from '@/lib/workflow/diff/change';
import { diffWorkflows } from '@/lib/workflow/diff/diff-workflows';
import { sameJson } from '@/lib/workflow/diff/same';
import { isObject, type Json, type Workflow } from '@/lib/workflow/model';
import { applyOverrides, type ParameterOverride, reverseOverrides } from '@/lib/workflow/remap/overrides';
import type { Expected } from './model';

/** A difference that somebody declared, or made through us with a reason. */
export type Expectation = { because: Expected } & (
  | { kind: 'credential'; credentialType: string; n8nId: string }
  | { kind: 'workflow'; n8nId: string }
  | { kind: 'parameter'; override: ParameterOverride }
  | { kind: 'active'; active: boolean }
  | { kind: 'tags'; tags: readonly string[] }
);

/**
 * What was seen, with the approved value put back wherever a declared parameter holds exactly what was declared.
 * `used` are the declarations that explained something.
 */
export function withoutOverrides(approved: Workflow, observed: Workflow, expectations: readonly Expectation[]) {
  const declared = expectations.filter((one) => one.kind === 'parameter');
  if (declared.length === 0) return { workflow: observed, used: [] as Expectation[] };
  const overrides = declared.map(({ override }) => override);
  const { workflow, applied } = reverseOverrides(observed, overrides, approved);
  return { workflow, used: declared.filter(({ override }) => applied.includes(override)) as Expectation[] };
}

/** What is approved, with every declared difference that stands: what goes back there leaves those alone. */
export function withExpected(approved: Workflow, observed: Workflow, expectations: readonly Expectation[]): Workflow {
  const { workflow, used } = withoutOverrides(approved, observed, expectations);
  const explained = diffWorkflows(approved, workflow).filter((change) => explain(change, expectations));
  const overrides = used.flatMap((one) => (one.kind === 'parameter' ? [one.override] : []));
  return applyOverrides(applyChanges(approved, explained), overrides).workflow;
}

/**
 * The expectation that a change meets exactly; undefined for one that nobody declared. Away from what is itself
 * declared none is: of two declared credentials one in the place of the other was nobody's intention.
 */
export const explain = (change: Change, expectations: readonly Expectation[]): Expectation | undefined => {
  const found = expectations.find((expectation) => meets(change, expectation));
  if (!found || !('n8nId' in found) || !('before' in change)) return found;
  const was = idOf(change.before as Json | undefined);
  return expectations.some((other) => other.kind === found.kind && other.n8nId === was) ? undefined : found;
};

function meets(change: Change, expectation: Expectation): boolean {
  switch (expectation.kind) {
    case 'credential':
      return isCredential(change, expectation.credentialType) && idOf(change.after) === expectation.n8nId;
    case 'workflow':
      return (
        change.kind === 'node.changed' && change.path[0] === 'parameters' && idOf(change.after) === expectation.n8nId
      );
    case 'active':
      return isField(change, 'active') && change.after === expectation.active;
    case 'tags':
      return isField(change, 'tags') && sameJson(change.after, [...expectation.tags].sort());
    default:
      return false;
  }
}

const isField = (change: Change, field: string): change is Change & { kind: 'workflow.changed' } =>
  change.kind === 'workflow.changed' && change.path[0] === field;

const isCredential = (change: Change, type: string): change is Change & { kind: 'node.changed' } =>
  change.kind === 'node.changed' && change.path[0] === 'credentials' && change.path[1] === type;

/** The id that a value is or carries: a plain one, a credential's, a resource locator's. */
function idOf(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value;
  return value.id ?? value.value;
}
