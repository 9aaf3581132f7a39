import type { Change } from '@/lib/workflow/diff/change';
import { sameJson } from '@/lib/workflow/diff/same';
import { isObject, type Json, type Workflow } from '@/lib/workflow/model';
import { type ParameterOverride, reverseOverrides } from '@/lib/workflow/remap/overrides';
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

/** The expectation that a change meets exactly; undefined for one that nobody declared. */
export const explain = (change: Change, expectations: readonly Expectation[]): Expectation | undefined =>
  expectations.find((expectation) => meets(change, expectation));

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
