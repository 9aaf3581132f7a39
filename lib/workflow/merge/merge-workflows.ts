import { canonicalNode } from '../canonical/document';
import { edgesOnlyIn } from '../diff/compare-edges';
import { sameJson } from '../diff/same';
import { orderNodes } from '../graph-order';
import { isNote, type JsonPath, type Workflow, type WorkflowNode } from '../model';
import { renameNodes } from '../rename/rename-nodes';
import type { MergeChoices, MergeConflict, NodeConflict, NodeConflictReason, Side } from './conflict';
import { type Lineage, traceLineages } from './lineage';
import { mergeEdges } from './merge-edges';
import { mergeFields } from './merge-fields';
import { type MergedNames, mergeNames } from './merge-names';
import { isEdited, mergeNode } from './merge-node';

/** A merge always gives a valid workflow; undecided conflicts follow ours. */
export interface MergeResult {
  readonly workflow: Workflow;
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Brings together what two sides made of one base, node by node. Identity and versions are those of ours. Call again
 * with `choices` to decide conflicts: every choice gives a valid workflow.
 */
export function mergeWorkflows(
  base: Workflow,
  ours: Workflow,
  theirs: Workflow,
  choices: MergeChoices = new Map(),
): MergeResult {
  const lineages = traceLineages(base, ours, theirs);
  const names = mergeNames(lineages, choices);
  const versions: Versions = {
    base: underMergedNames(base, 'base', lineages, names),
    ours: underMergedNames(ours, 'ours', lineages, names),
    theirs: underMergedNames(theirs, 'theirs', lineages, names),
  };
  const outcomes = settleAll(lineages, versions, names, choices);
  const nodes = outcomes.flatMap(({ node }) => node ?? []);
  const fields = mergeFields(versions.base, versions.ours, versions.theirs, choices);
  const edges = mergeEdges(
    { base: versions.base.edges, ours: versions.ours.edges, theirs: versions.theirs.edges },
    new Set(nodes.filter((node) => !isNote(node)).map((node) => node.name)),
    new Map(outcomes.flatMap(({ name, side }) => (side ? [[name, side] as const] : []))),
    fields.workflow.settings.executionOrder !== 'v1',
  );
  const { id, versionId, published } = ours;
  return {
    workflow: { ...fields.workflow, id, versionId, published, nodes: orderNodes(nodes), edges },
    conflicts: [...outcomes.flatMap(({ conflict }) => conflict ?? []), ...fields.conflicts],
  };
}

type Versions = Readonly<Record<'base' | Side, Workflow>>;

function underMergedNames(
  workflow: Workflow,
  version: 'base' | Side,
  lineages: readonly Lineage[],
  { names }: MergedNames,
): Workflow {
  const newNames = new Map<string, string>();
  for (const lineage of lineages) {
    const node = lineage[version];
    const name = names.get(lineage)!;
    if (node && node.name !== name) newNames.set(node.key, name);
  }
  return renameNodes(workflow, newNames);
}

interface Outcome {
  readonly name: string;
  /** Null when the node is gone. */
  readonly node: WorkflowNode | null;
  /** Set when the node follows one side as a whole. */
  readonly side: Side | null;
  readonly conflict: NodeConflict | null;
}

function settleAll(
  lineages: readonly Lineage[],
  versions: Versions,
  names: MergedNames,
  choices: MergeChoices,
): Outcome[] {
  const byKey = {
    base: nodesByKey(versions.base),
    ours: nodesByKey(versions.ours),
    theirs: nodesByKey(versions.theirs),
  };
  const rewired = { ours: rewiredNodes(versions, 'ours'), theirs: rewiredNodes(versions, 'theirs') };
  return lineages.map((lineage) => {
    const find = (version: 'base' | Side) => byKey[version].get(lineage[version]?.key) ?? null;
    const renamed: Lineage = { key: lineage.key, base: find('base'), ours: find('ours'), theirs: find('theirs') };
    const name = names.names.get(lineage)!;
    const united = unite(renamed, rewired[renamed.ours ? 'ours' : 'theirs'].has(name));
    const reasons = [...united.reasons];
    if (names.contested.has(lineage)) reasons.push('both-renamed');
    if (names.taken.has(lineage) && (united.node || united.reasons.length > 0)) reasons.push('name-taken');
    return settle(renamed, name, united, reasons, choices.get(lineage.key) ?? 'ours');
  });
}

function settle(
  { key, base, ours, theirs }: Lineage,
  name: string,
  united: United,
  reasons: readonly NodeConflictReason[],
  taken: Side,
): Outcome {
  if (reasons.length === 0) return { name, node: united.node, side: null, conflict: null };
  const { paths } = united;
  const conflict: NodeConflict = { id: key, subject: 'node', name, reasons, paths, base, ours, theirs, taken };
  if (united.reasons.length === 0) return { name, node: united.node, side: null, conflict };
  return { name, node: taken === 'ours' ? ours : theirs, side: taken, conflict };
}

function nodesByKey(workflow: Workflow): Map<string | undefined, WorkflowNode> {
  return new Map(workflow.nodes.map((node) => [node.key, node]));
}

/** The names of nodes at which a side has a connection that the base lacks. */
function rewiredNodes(versions: Versions, side: Side): Set<string> {
  return new Set(edgesOnlyIn(versions[side].edges, versions.base.edges).flatMap((edge) => [edge.from, edge.to]));
}

interface United {
  readonly node: WorkflowNode | null;
  readonly reasons: readonly NodeConflictReason[];
  readonly paths: readonly JsonPath[];
}

/** What the three versions of a node make together, or why they cannot; `isRewired` is about the side that kept it. */
function unite({ base, ours, theirs }: Lineage, isRewired: boolean): United {
  if (!base) {
    if (!ours || !theirs) return clean(ours ?? theirs);
    return sameJson(canonicalNode(ours), canonicalNode(theirs)) ? clean(ours) : disputed('both-added');
  }
  const remaining = ours ?? theirs;
  if (!ours || !theirs) {
    return remaining && (isRewired || isEdited(base, remaining)) ? disputed('removed-and-changed') : clean(null);
  }
  const merged = mergeNode(base, ours, theirs);
  return merged.contested.length > 0 ? disputed('both-changed', merged.contested) : clean(merged.node);
}

function clean(node: WorkflowNode | null): United {
  return { node, reasons: [], paths: [] };
}

function disputed(reason: NodeConflictReason, paths: readonly JsonPath[] = []): United {
  return { node: null, reasons: [reason], paths };
}
