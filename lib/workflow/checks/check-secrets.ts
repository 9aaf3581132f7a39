import { isObject, type Json, type JsonPath, STICKY_NOTE, type WorkflowNode } from '../model';
import type { Check, Issue } from './check';
import { isSecretName, isSecretValue, secretInText } from './secret-shapes';

/** Secrets written out in a workflow. The message never repeats one. */
export const plaintextSecret: Check = {
  id: 'plaintext-secret',
  severity: 'error',
  title: 'A secret stands in plain text',
  remedy: 'Put it into a credential, or into a variable of the external vault, and change it: it has been seen.',
  *find({ workflow }) {
    const { nodes, pinData } = workflow;
    for (const node of nodes) {
      yield* secretsIn(node.parameters, ['parameters'], node);
      if (Object.hasOwn(pinData, node.name)) yield* secretsIn(pinData[node.name], ['pinData'], node);
    }
  },
};

const placeOf = (path: JsonPath): string => (path[0] === 'pinData' ? path : path.slice(1)).join('.');

function* secretsIn(value: Json | undefined, path: JsonPath, node: WorkflowNode): Generator<Issue> {
  if (typeof value === 'string') {
    const kind = secretInText(value) ?? underSecretName(value, path, node);
    if (kind) yield { node, path, message: `A ${kind} is written out at ${placeOf(path)}.` };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* secretsIn(item, [...path, index], node);
  } else if (isObject(value)) {
    const { name, value: paired } = value;
    const isPair = typeof name === 'string' && isSecretName(name) && typeof paired === 'string';
    if (isPair && isSecretValue(paired) && !secretInText(paired)) {
      yield {
        node,
        path: [...path, 'value'],
        message: `The value of "${name}" is written out at ${placeOf(path)}.`,
      };
    }
    for (const key of Object.keys(value)) yield* secretsIn(value[key], [...path, key], node);
  }
}

function underSecretName(value: string, path: JsonPath, { type }: WorkflowNode): string | undefined {
  const key = path.at(-1);
  const isSecret = typeof key === 'string' && type !== STICKY_NOTE && isSecretName(key) && isSecretValue(value);
  return isSecret ? `fixed ${key}` : undefined;
}
