import { describe, expect, it } from 'vitest';
import { edgeKey } from '@/lib/workflow/graph-order';
import { compareWorkflows } from './compare-workflows';
import { mergeGraphs } from './merged-graph';
import { newer, older } from './sample-pair';

function merge(before: unknown, after: unknown) {
  const comparison = compareWorkflows(before, after);
  if ('side' in comparison) throw new Error(comparison.message);
  const merged = mergeGraphs(comparison);
  const named = (name: string) => merged.graph.nodes.find((node) => node.name === name)!;
  const edges = Object.fromEntries(
    merged.graph.edges.map((edge) => [`${edge.from}→${edge.to}`, merged.edgeKinds.get(edgeKey(edge))]),
  );
  return { ...merged, comparison, named, edges, kind: (name: string) => merged.nodeKinds.get(named(name).key) };
}

const withNodes = (workflow: typeof older, change: (node: (typeof older.nodes)[number]) => object) => ({
  ...workflow,
  nodes: workflow.nodes.map(change),
});

describe('two workflows in one drawing', () => {
  it('tells what came, changed, went and stayed', () => {
    const { kind } = merge(older, newer);
    expect(['Hook', 'Check', 'Queue', 'Mail', 'Log'].map(kind)).toEqual(['change', 'change', 'add', 'remove', 'same']);
  });

  it('tells the same of connections, those of nodes that came and went included', () => {
    expect(merge(older, newer).edges).toEqual({
      'Hook→Check': 'same',
      'Hook→Log': 'add',
      'Check→Queue': 'add',
      'Check→Mail': 'remove',
      'Check→Log': 'remove',
    });
  });

  it('draws a moved node at its new place and does not call it changed', () => {
    const { named, kind } = merge(older, newer);
    expect([named('Log').position, kind('Log')]).toEqual([[768, 176], 'same']);
  });

  it('keeps a removed node where it was, beside a node that took its place', () => {
    const { named } = merge(older, newer);
    expect(named('Mail').position).toEqual([512, 176]);
    expect(named('Queue').position).toEqual([512, 0]);
    const alone = merge(older, { ...older, nodes: older.nodes.filter(({ name }) => name !== 'Mail') });
    expect(alone.named('Mail').position).toEqual([512, 0]);
  });

  it('gives every node a place of its own when neither side was ever arranged', () => {
    const flat = (workflow: typeof older) => withNodes(workflow, (node) => ({ ...node, position: [0, 0] }));
    const { graph } = merge(flat(older), flat(newer));
    expect(new Set(graph.nodes.map((node) => node.position.join())).size).toBe(5);
  });

  it('keeps a removed node apart from a new one of the same name', () => {
    const replaced = withNodes(older, (node) =>
      node.name === 'Mail' ? { ...node, id: 'other', type: 'n8n-nodes-base.gmail' } : node,
    );
    const { kind, edges } = merge(older, replaced);
    expect([kind('Mail'), kind('Mail (removed)')]).toEqual(['add', 'remove']);
    expect(edges).toMatchObject({ 'Check→Mail': 'add', 'Check→Mail (removed)': 'remove' });
  });

  it('follows a rename through connections that went along with a removed node', () => {
    const renamed = {
      ...newer,
      nodes: newer.nodes.map((node) => (node.name === 'Check' ? { ...node, name: 'Verify' } : node)),
      connections: { Hook: { main: [[{ node: 'Verify', type: 'main', index: 0 }]] } },
    };
    const { edges, kind } = merge(older, renamed);
    expect(kind('Verify')).toBe('change');
    expect(edges['Verify→Mail']).toBe('remove');
  });

  it('ties every change to what it touches, and every node to its changes, its own first', () => {
    const { nodesOf, changesOf, named, comparison } = merge(older, newer);
    const keys = new Set(comparison.groups.flatMap((group) => group.changes.map(({ id }) => id)));
    expect(new Set(nodesOf.keys())).toEqual(keys);
    expect(nodesOf.get('Hook:0→Log:0/added')).toEqual([named('Hook').key, named('Log').key]);
    expect(changesOf.get(named('Hook').key)).toEqual(['Hook/parameters/path', 'Hook:0→Log:0/added']);
  });
});
