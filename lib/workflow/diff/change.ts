import type { Edge, Json, JsonPath, Position, WorkflowNode } from '../model';

/** What a change touches, the most consequential first. `cosmetic` never alters the logic digest. */
export type ChangeClass =
  | 'exposure'
  | 'schedule'
  | 'behaviour'
  | 'wiring'
  | 'credential'
  | 'settings'
  | 'test-data'
  | 'cosmetic';

/** All classes, in the order a reader should meet them. */
export const CHANGE_CLASSES: readonly ChangeClass[] = [
  'exposure',
  'schedule',
  'behaviour',
  'wiring',
  'credential',
  'settings',
  'test-data',
  'cosmetic',
];

/** How a changed text wants to be compared: line by line, in this language. */
export type TextKind = 'code' | 'sql' | 'prompt' | 'text';

/** The node a change is about. */
export interface NodeReference {
  /** Its key in the old workflow, or in the new one when it was added. */
  readonly key: string;
  /** What it is called in the new workflow, or was called in the old one when it was removed. */
  readonly name: string;
  readonly type: string;
}

interface NodeChange {
  readonly class: ChangeClass;
  readonly node: NodeReference;
}

/** A new node together with the connections it brought. */
export interface NodeAdded extends NodeChange {
  readonly kind: 'node.added';
  readonly after: WorkflowNode;
  readonly edges: readonly Edge[];
}

/** A node that went, together with the connections it took along, under the old names. */
export interface NodeRemoved extends NodeChange {
  readonly kind: 'node.removed';
  readonly before: WorkflowNode;
  readonly edges: readonly Edge[];
}

/** A new name. Connections, expressions and test data that follow it are part of this one change. */
export interface NodeRenamed extends NodeChange {
  readonly kind: 'node.renamed';
  readonly before: string;
  readonly after: string;
}

/** Another place on the canvas. */
export interface NodeMoved extends NodeChange {
  readonly kind: 'node.moved';
  readonly before: Position;
  readonly after: Position;
}

/**
 * One value inside a node. `path` starts at the node: `['parameters', 'url']`, `['credentials', 'httpBasicAuth']`,
 * `['disabled']`. Undefined means absent; on an array index that is an inserted or a removed item.
 */
export interface NodeFieldChanged extends NodeChange {
  readonly kind: 'node.changed';
  readonly path: JsonPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Set when both sides are text worth comparing line by line (`textDiff`). */
  readonly text?: TextKind;
}

/** A new connection between nodes that both existed before. */
export interface ConnectionAdded {
  readonly kind: 'connection.added';
  readonly class: 'wiring';
  readonly edge: Edge;
}

/** A connection that went between nodes that both still exist. */
export interface ConnectionRemoved {
  readonly kind: 'connection.removed';
  readonly class: 'wiring';
  readonly edge: Edge;
}

/** The targets of one output in another order, which decides what runs first under execution order `v0`. */
export interface ConnectionsReordered {
  readonly kind: 'connection.reordered';
  readonly class: 'wiring';
  readonly before: readonly Edge[];
  readonly after: readonly Edge[];
}

/**
 * One value of the workflow itself: `['name']`, `['description']`, `['tags']`, `['settings', key]`, `['pinData', node]`,
 * `['nodeGroups']`, `['active']`, `['archived']`.
 */
export interface WorkflowFieldChanged {
  readonly kind: 'workflow.changed';
  readonly class: ChangeClass;
  readonly path: JsonPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * One difference between two workflows. Values `before` are given under the names the nodes have afterwards, so that a
 * rename is never reported twice; array indexes count in the old value.
 */
export type Change =
  | NodeAdded
  | NodeRemoved
  | NodeRenamed
  | NodeMoved
  | NodeFieldChanged
  | ConnectionAdded
  | ConnectionRemoved
  | ConnectionsReordered
  | WorkflowFieldChanged;
