import type { Json, JsonPath, WorkflowNode } from '../model';

/** The two versions that a merge brings together. */
export type Side = 'ours' | 'theirs';

/** Why a node could not be merged by itself. */
export type NodeConflictReason = 'both-changed' | 'removed-and-changed' | 'both-added' | 'both-renamed' | 'name-taken';

/** A node on which both sides disagree. */
export interface NodeConflict {
  /** What `choices` calls it: the node's key. */
  readonly id: string;
  readonly subject: 'node';
  readonly name: string;
  readonly reasons: readonly NodeConflictReason[];
  /** The contested values inside the node; empty unless both changed it. */
  readonly paths: readonly JsonPath[];
  readonly base: WorkflowNode | null;
  /** Null where that side removed it. */
  readonly ours: WorkflowNode | null;
  readonly theirs: WorkflowNode | null;
  /** The side the merged workflow follows. */
  readonly taken: Side;
}

/** A value of the workflow itself on which both sides disagree. */
export interface FieldConflict {
  /** What `choices` calls it: `workflow:` and the path, joined by dots. */
  readonly id: string;
  readonly subject: 'workflow';
  readonly path: JsonPath;
  readonly base: Json | undefined;
  readonly ours: Json | undefined;
  readonly theirs: Json | undefined;
  readonly taken: Side;
}

/** One disagreement of a three-way merge, named so that somebody can decide it. */
export type MergeConflict = NodeConflict | FieldConflict;

/** Decisions by conflict id. What is not decided stays ours. */
export type MergeChoices = ReadonlyMap<string, Side>;
