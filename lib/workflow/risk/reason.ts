import type { Change, NodeReference } from '../diff/change';
import type { Json, Workflow, WorkflowNode } from '../model';

/** How much a change could do if it is wrong. `none`: it cannot alter what happens. */
export type RiskLevel = 'none' | 'low' | 'medium' | 'high' | 'critical';

/** All levels, the lowest first. */
export const RISK_LEVELS: readonly RiskLevel[] = ['none', 'low', 'medium', 'high', 'critical'];

/** Why a change is risky: a rule's name and what it saw, for people and for policies to query. */
export interface RiskReason {
  /** Kebab-case and stable: policies refer to it. */
  readonly rule: string;
  readonly level: RiskLevel;
  /** Null where the workflow as a whole is meant. */
  readonly node: NodeReference | null;
  readonly message: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** A node on both sides, where it is on both. */
export interface NodePair {
  readonly node: NodeReference;
  readonly before: WorkflowNode | undefined;
  readonly after: WorkflowNode | undefined;
  readonly changes: readonly Change[];
}

/** Two workflows and what lies between them, as rules see it. */
export interface Comparison {
  readonly before: Workflow;
  readonly after: Workflow;
  readonly changes: readonly Change[];
  /** Every node that a change is about. */
  readonly pairs: readonly NodePair[];
  /** What renamed nodes were called, by their new names. */
  readonly oldNames: ReadonlyMap<string, string>;
}

/** A rule: looks at a comparison and gives reasons, or none. */
export type RiskRule = (comparison: Comparison) => Iterable<RiskReason>;

/** Pairs up the nodes that the changes are about. */
export function compare(before: Workflow, after: Workflow, changes: readonly Change[]): Comparison {
  const old = new Map(before.nodes.map((node) => [node.key, node]));
  const current = new Map(after.nodes.map((node) => [node.name, node]));
  const about = changes.flatMap((change) => ('node' in change ? [{ change, node: change.node }] : []));
  const pairs = [
    ...Map.groupBy(about, ({ change, node }) => `${change.kind === 'node.added'} ${node.key}`).values(),
  ].map((entries): NodePair => {
    const { node } = entries[0]!;
    const kinds = entries.map(({ change }) => change.kind);
    return {
      node,
      before: kinds.includes('node.added') ? undefined : old.get(node.key),
      after: kinds.includes('node.removed') ? undefined : current.get(node.name),
      changes: entries.map(({ change }) => change),
    };
  });
  const renames = changes.filter((change) => change.kind === 'node.renamed');
  return { before, after, changes, pairs, oldNames: new Map(renames.map((change) => [change.after, change.before])) };
}

/** The higher of two levels. */
export const higher = (a: RiskLevel, b: RiskLevel): RiskLevel =>
  RISK_LEVELS.indexOf(a) >= RISK_LEVELS.indexOf(b) ? a : b;
