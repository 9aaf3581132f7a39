import { sameJson } from '../diff/same';
import { editWorkflow } from '../edit/edit-workflow';
import { isObject, type Json, type JsonPath, type Workflow, type WorkflowNode } from '../model';
import { isExpression } from '../references/locator';
import { parseJson, valueAt } from '../references/path';

/** What kind of value an override sets. `text` is fixed text, so never an expression. */
export type OverrideType = 'text' | 'expression' | 'number' | 'boolean' | 'json';

/** One parameter that is meant to differ in an environment. */
export interface ParameterOverride {
  /** The node's key or, where nodes were made anew, its name. */
  readonly node: string;
  /** From the node, `['parameters', 'url']`. JSON text on the way is walked as what it holds. */
  readonly path: JsonPath;
  readonly type: OverrideType;
  readonly value: Json;
}

/** Why an override had no effect. `differs`: on reversing, the environment does not hold the declared value. */
export type OverrideFailure = 'no-such-node' | 'ambiguous-node' | 'no-such-path' | 'wrong-type' | 'differs';

/** The outcome of applying or reversing overrides. */
export interface Overridden {
  readonly workflow: Workflow;
  readonly applied: readonly ParameterOverride[];
  readonly skipped: readonly { readonly override: ParameterOverride; readonly reason: OverrideFailure }[];
}

/** The workflow with every override's value in place: what a promotion writes to that environment. */
export function applyOverrides(workflow: Workflow, overrides: readonly ParameterOverride[]): Overridden {
  return setParameters(workflow, overrides, ({ value, type }) =>
    isOfType(value, type) ? { set: value } : 'wrong-type',
  );
}

/**
 * The environment's workflow with `source`'s value put back wherever it holds exactly the override's, so that a diff
 * against `source` shows only what nobody declared. A value that is not the declared one stays: it is a difference.
 */
export function reverseOverrides(
  workflow: Workflow,
  overrides: readonly ParameterOverride[],
  source: Workflow,
): Overridden {
  return setParameters(workflow, overrides, ({ node, path, value }, current) => {
    if (!sameJson(current, value)) return 'differs';
    const origin = findNode(source, node);
    return typeof origin === 'string' ? origin : { set: valueAt(origin as unknown as Json, path) };
  });
}

type Decide = (
  override: ParameterOverride,
  current: Json | undefined,
) => OverrideFailure | { readonly set: Json | undefined };

function setParameters(workflow: Workflow, overrides: readonly ParameterOverride[], decide: Decide): Overridden {
  const applied: ParameterOverride[] = [];
  const skipped: { override: ParameterOverride; reason: OverrideFailure }[] = [];
  let result = workflow;
  for (const override of overrides) {
    const { path } = override;
    const node = findNode(result, override.node);
    const outcome =
      typeof node === 'string' ? node : !holds(node, path) ? 'no-such-path' : decide(override, at(node, path));
    if (typeof node === 'string' || typeof outcome === 'string') {
      skipped.push({ override, reason: outcome as OverrideFailure });
    } else {
      result = editWorkflow(result, [{ node: node.key, path, value: outcome.set }]);
      applied.push(override);
    }
  }
  return { workflow: result, applied, skipped };
}

const at = (node: WorkflowNode, path: JsonPath): Json | undefined => valueAt(node as unknown as Json, path);

/** Whether there is somewhere to put a value: the last key may be new, what holds it may not. */
function holds(node: WorkflowNode, path: JsonPath): boolean {
  if (path[0] !== 'parameters' || path.length < 2) return false;
  const holder = at(node, path.slice(0, -1));
  const value = typeof holder === 'string' ? parseJson(holder) : holder;
  return Array.isArray(value) ? at(node, path) !== undefined : isObject(value);
}

function findNode(workflow: Workflow, wanted: string): WorkflowNode | OverrideFailure {
  const byKey = workflow.nodes.find(({ key }) => key === wanted);
  if (byKey) return byKey;
  const [first, ...others] = workflow.nodes.filter(({ name }) => name === wanted);
  return first === undefined ? 'no-such-node' : others.length > 0 ? 'ambiguous-node' : first;
}

function isOfType(value: Json, type: OverrideType): boolean {
  if (type === 'json') return typeof value === 'object' && value !== null;
  if (type === 'text' || type === 'expression') {
    return typeof value === 'string' && isExpression(value) === (type === 'expression');
  }
  return typeof value === type;
}
