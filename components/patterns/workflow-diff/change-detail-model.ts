import type { Change, NodeFieldChanged, TextKind } from '@/lib/workflow/diff/change';
import { matchNodes } from '@/lib/workflow/diff/match';
import { type Edge, isObject, type Json, type JsonObject, type WorkflowNode } from '@/lib/workflow/model';
import { partWord } from '../workflow-graph/graph-model';
import type { Comparison } from './compare-workflows';

/** One value before and after; undefined means absent. `text` is set where both are compared line by line. */
export type DetailRow = {
  /** Steps to the value, joined by dots. */
  path: string;
  before: Json | undefined;
  after: Json | undefined;
  text?: TextKind;
  /** The very change that was chosen, among others of its node. */
  chosen: boolean;
};

/** Everything there is to know about a change. */
export type ChangeDetail = {
  title: string;
  /** Type of the node, when it is about one. */
  nodeType?: string;
  rows: readonly DetailRow[];
  /** The whole node, or the value, on either side; undefined where it is absent. */
  json: { before: unknown; after: unknown };
};

/** A change with all others of its node, so that the node is read once. */
export function detailOf({ before, after, groups }: Comparison, change: Change): ChangeDetail {
  switch (change.kind) {
    case 'workflow.changed':
      return {
        title: 'The workflow',
        rows: [{ path: change.path.join('.'), before: change.before, after: change.after, chosen: true }],
        json: { before: change.before, after: change.after },
      };
    case 'connection.added':
    case 'connection.removed':
      return connectionDetail(change.edge, change.kind === 'connection.added');
    case 'connection.reordered':
      return orderDetail(change.before, change.after);
    case 'node.added':
      return wholeNode(undefined, change.after);
    case 'node.removed':
      return wholeNode(change.before, undefined);
    default: {
      const [old, current] = matchNodes(before, after).pairs.find(([node]) => node.key === change.node.key) ?? [];
      const all = groups.flatMap((group) => group.changes.map((listed) => listed.change));
      const rows = all.flatMap((other) => rowsOf(other, change));
      return {
        title: change.node.name,
        nodeType: change.node.type,
        rows,
        json: { before: old && shown(old), after: current && shown(current) },
      };
    }
  }
}

/** The rows that a change adds to the detail of a chosen one: none unless both are about the same node. */
function rowsOf(change: Change, chosen: Extract<Change, { node: unknown }>): DetailRow[] {
  if (!('node' in change) || change.node.key !== chosen.node.key) return [];
  const isChosen = change === chosen;
  switch (change.kind) {
    case 'node.renamed':
      return [{ path: 'name', before: change.before, after: change.after, chosen: isChosen }];
    case 'node.moved':
      return [{ path: 'position', before: change.before.join(', '), after: change.after.join(', '), chosen: isChosen }];
    case 'node.changed':
      return [fieldRow(change, isChosen)];
    default:
      return [];
  }
}

function fieldRow({ path, before, after, text }: NodeFieldChanged, chosen: boolean): DetailRow {
  const steps = path[0] === 'parameters' ? path.slice(1) : path;
  return { path: steps.join('.'), before, after, chosen, ...(text ? { text } : {}) };
}

function wholeNode(before: WorkflowNode | undefined, after: WorkflowNode | undefined): ChangeDetail {
  const node = (after ?? before)!;
  const row = (path: string, value: Json | undefined): DetailRow => ({
    path,
    before: before && value,
    after: after && value,
    chosen: false,
  });
  return {
    title: node.name,
    nodeType: node.type,
    rows: [
      row('typeVersion', node.typeVersion),
      ...Object.entries(node.parameters).map(([key, value]) => row(key, value)),
      ...Object.entries(node.credentials).map(([key, { id, name }]) => row(`credentials.${key}`, name ?? id)),
    ],
    json: { before: before && shown(before), after: after && shown(after) },
  };
}

function connectionDetail(edge: Edge, isNew: boolean): ChangeDetail {
  const row = (path: string, value: Json): DetailRow => ({
    path,
    before: isNew ? undefined : value,
    after: isNew ? value : undefined,
    chosen: false,
  });
  const rows = [
    row('from', edge.from),
    row('output', edge.output + 1),
    row('to', edge.to),
    row('input', edge.input + 1),
  ];
  return {
    title: `${edge.from} → ${edge.to}`,
    rows: edge.type === 'main' ? rows : [row('from', edge.from), row('as', partWord(edge.type)), row('to', edge.to)],
    json: { before: isNew ? undefined : edge, after: isNew ? edge : undefined },
  };
}

function orderDetail(before: readonly Edge[], after: readonly Edge[]): ChangeDetail {
  const names = (edges: readonly Edge[]) => edges.map((edge) => edge.to);
  return {
    title: after[0]?.from ?? '',
    rows: [{ path: 'order of targets', before: names(before), after: names(after), chosen: true }],
    json: { before: names(before), after: names(after) },
  };
}

/** A node without what says nothing: its key is ours, and absent fields have their default. */
function shown({ key: _, ...node }: WorkflowNode): JsonObject {
  const filled = Object.entries(node).filter(([, value]) => {
    const isEmpty = isObject(value) && Object.keys(value).length === 0;
    return value !== null && value !== false && value !== '' && !isEmpty;
  });
  return Object.fromEntries(filled) as JsonObject;
}
