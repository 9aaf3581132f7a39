import { unreachableOf } from '../analysis/graph-measures';
import { nodeCategory, nodeNoun } from '../analysis/node-category';
import { reachFrom } from '../analysis/reach';
import { components } from '../closure/components';
import { isObject, type Json, type JsonPath, STICKY_NOTE, type WorkflowNode } from '../model';
import { expressionParts } from '../references/locator';
import type { Check, Issue } from './check';

/** Steps that nothing starts. */
export const unreachableNode: Check = {
  id: 'unreachable-node',
  severity: 'warning',
  title: 'A node can never run',
  remedy: 'Connect it, disable it, or remove it.',
  *find({ workflow, flow }) {
    const names = new Set(unreachableOf(flow, workflow.nodes));
    for (const node of workflow.nodes) {
      if (names.has(node.name)) yield { node, message: `No enabled trigger leads to "${node.name}".` };
    }
  },
};

/** What stops data from going round: nodes that can hold it back. */
const CAN_STOP = new Set([
  'filter',
  'splitInBatches',
  'stopAndError',
  'limit',
  'removeDuplicates',
  'code',
  'if',
  'switch',
]);

/** Circles that nothing leaves. */
export const loopWithoutExit: Check = {
  id: 'loop-without-exit',
  severity: 'error',
  title: 'A loop has no way out',
  remedy: 'Add a condition that ends it.',
  *find({ workflow: { nodes }, flow }) {
    for (const group of components(flow.targets)) {
      const [first] = group;
      const isLoop = group.length > 1 || flow.targets[first!]!.includes(first!);
      if (!isLoop || group.some((node) => nodes[node]!.disabled || CAN_STOP.has(nodeNoun(nodes[node]!.type)))) continue;
      const names = group.map((node) => `"${nodes[node]!.name}"`).join(', ');
      yield { node: nodes[first!]!, message: `Once in it, data goes round ${names} for ever.` };
    }
  },
};

/** A webhook that waits for an answer nobody gives. */
export const missingResponse: Check = {
  id: 'missing-response',
  severity: 'error',
  title: 'A webhook waits for an answer that no node gives',
  remedy: 'Add a "Respond to Webhook" node on its way, or let the webhook answer itself.',
  *find({ workflow: { nodes }, flow }) {
    for (const [position, node] of nodes.entries()) {
      if (node.disabled || node.parameters.responseMode !== 'responseNode' || nodeNoun(node.type) !== 'webhook')
        continue;
      const answers = [...reachFrom([position], flow)].some((reached) => {
        const { type, disabled } = nodes[reached]!;
        return !disabled && nodeNoun(type) === 'respondToWebhook';
      });
      if (!answers)
        yield {
          node,
          path: ['parameters', 'responseMode'],
          message: `No "Respond to Webhook" node follows "${node.name}".`,
        };
    }
  },
};

const NODE_NAME =
  /\$\((?:'((?:[^'\\]|\\.)+)'|"((?:[^"\\]|\\.)+)")\)|\$(?:node\[|items\()(?:'((?:[^'\\]|\\.)+)'|"((?:[^"\\]|\\.)+)")/g;

/** Expressions that read from a node which is not there. */
export const missingNode: Check = {
  id: 'missing-node',
  severity: 'error',
  title: 'An expression reads from a node that does not exist',
  remedy: 'Point the expression at the node meant, or add it back.',
  *find({ workflow: { nodes } }) {
    const names = new Set(nodes.map(({ name }) => name));
    for (const node of nodes) {
      // In code, `$('…')` may be any library's; only an expression is certain to mean a node.
      if (node.type !== STICKY_NOTE && !node.disabled) yield* missingIn(node.parameters, ['parameters'], node, names);
    }
  },
};

function* missingIn(
  value: Json | undefined,
  path: JsonPath,
  node: WorkflowNode,
  names: ReadonlySet<string>,
): Generator<Issue> {
  if (typeof value === 'string') {
    if (!value.startsWith('=') || !value.includes('$')) return;
    const code = expressionParts(value).join('\n');
    const missing = new Set([...code.matchAll(NODE_NAME)].map(nameIn).filter((name) => !names.has(name)));
    for (const name of missing)
      yield { node, path, message: `"${node.name}" reads from "${name}", which does not exist.` };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* missingIn(item, [...path, index], node, names);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* missingIn(item, [...path, key], node, names);
  }
}

const nameIn = (match: RegExpMatchArray): string =>
  match
    .slice(1)
    .find((name) => name !== undefined)!
    .replaceAll(/\\(.)/g, '$1');

/** A published workflow that nothing can start. */
export const noTrigger: Check = {
  id: 'no-trigger',
  severity: 'warning',
  title: 'Nothing starts the workflow',
  remedy: 'Add a trigger, or enable the one it has: n8n refuses to publish it as it is.',
  *find({ workflow: { nodes } }) {
    const starts = nodes.some(({ type, disabled }) => !disabled && nodeCategory(type) === 'trigger');
    if (!starts) yield { message: 'The workflow has no enabled trigger.' };
  },
};
