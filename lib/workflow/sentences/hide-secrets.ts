import { withoutSecretOf, withoutSecrets } from '../checks/secret-shapes';
import type { Change } from '../diff/change';
import { isObject, type Json, type JsonPath, type WorkflowNode } from '../model';
import { valueAt } from '../references/path';

/**
 * The change with the secrets hidden that its values spell out: sentences are kept, mailed and shown to more people than
 * the workflow is. `node` as it is afterwards, whose header or query parameter may say what a value is.
 */
export function hideSecrets(change: Change, node?: WorkflowNode): Change {
  if (change.kind !== 'node.changed' && change.kind !== 'workflow.changed') return change;
  // Of a longer text only the number of lines is told.
  if (change.kind === 'node.changed' && change.text) return change;
  const name = nameOf(change.path, change.kind === 'node.changed' ? node : undefined);
  const { before, after } = change;
  return { ...change, before: hideIn(before, name), after: hideIn(after, name) } as Change;
}

/** What a value is called: by its own field, or by the name that stands beside it. */
function nameOf(path: JsonPath, node?: WorkflowNode): string {
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  const pair = key === 'value' ? valueAt(node?.parameters, path.slice(1, -1)) : undefined;
  return isObject(pair) && typeof pair.name === 'string' ? pair.name : key;
}

function hideIn(value: Json | undefined, name: string): Json | undefined {
  if (typeof value === 'string') return name ? withoutSecretOf(name, value) : withoutSecrets(value);
  if (Array.isArray(value)) return value.map((item) => hideIn(item, name)!);
  if (!isObject(value)) return value;
  const paired = typeof value.name === 'string' ? value.name : undefined;
  const entries = Object.entries(value).map(([key, one]) => [key, hideIn(one, (key === 'value' && paired) || key)]);
  return Object.fromEntries(entries);
}
