import { describe, expect, it } from 'vitest';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { drawGraph, isArranged, typeWord } from './graph-model';

const node = (name: string, type: string, position: number[] = [0, 0]) => ({
  id: name,
  name,
  type,
  typeVersion: 1,
  position,
  parameters: {},
});
const to = (name: string, type = 'main') => [{ node: name, type, index: 0 }];

function draw(nodes: object[], connections: object) {
  const { workflow } = readWorkflow({ name: 'w', nodes, connections });
  if (!workflow) throw new Error('The sample is not a workflow.');
  return { workflow, ...drawGraph(workflow) };
}

const agent = draw(
  [
    node('Hook', 'n8n-nodes-base.webhook', [0, 0]),
    node('Agent', '@n8n/n8n-nodes-langchain.agent', [200, 0]),
    node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', [200, 200]),
    node('Paper', 'n8n-nodes-base.stickyNote', [0, 300]),
  ],
  { Hook: { main: [to('Agent')] }, Model: { ai_languageModel: [to('Agent', 'ai_languageModel')] } },
);

describe('the drawing of a workflow', () => {
  it('gives each node the shape n8n gives it', () => {
    const shapes = Object.fromEntries(agent.nodes.map((drawn) => [drawn.node.name, drawn.shape]));
    expect(shapes).toEqual({ Hook: 'trigger', Agent: 'root', Model: 'part', Paper: 'note' });
  });

  it('connects parts to a root by their kind, apart from the flow', () => {
    const root = agent.nodes.find((drawn) => drawn.shape === 'root');
    expect(root?.parts).toEqual([{ id: 'ai_languageModel', label: 'language model' }]);
    expect(agent.edges.map((edge) => edge.isPart).sort()).toEqual([false, true]);
  });

  it('names the outputs of a decision', () => {
    const { edges, nodes } = draw([node('If', 'n8n-nodes-base.if', [0, 0]), node('A', 'n8n-nodes-base.noOp', [9, 9])], {
      If: { main: [[], to('A')] },
    });
    expect(edges[0]?.label).toBe('false');
    expect(nodes.find((drawn) => drawn.node.name === 'If')?.outputs.map((port) => port.label)).toEqual([
      'true',
      'false',
    ]);
  });

  it.each([
    [1, ['']],
    [2, ['loop', 'done']],
    [3, ['done', 'loop']],
  ])('names the outputs of a loop as version %d of its node does', (typeVersion, words) => {
    const loop = { ...node('Loop', 'n8n-nodes-base.splitInBatches'), typeVersion };
    const { nodes } = draw([loop, node('A', 'n8n-nodes-base.noOp', [9, 9])], { Loop: { main: [to('A')] } });
    expect(nodes.find((drawn) => drawn.node.name === 'Loop')?.outputs.map((port) => port.label)).toEqual(words);
  });

  it('draws only the ports in use where a file claims a billion of them', () => {
    const connections = { A: { main: [[{ node: 'B', type: 'main', index: 1e9 }]] } };
    const { nodes } = draw([node('A', 'constructor'), node('B', 'n8n-nodes-base.merge', [9, 9])], connections);
    expect(nodes.map((drawn) => [drawn.inputs.length, drawn.outputs.length])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('places a workflow that was never arranged so that no two nodes share a place, cycles included', () => {
    const names = ['A', 'B', 'C', 'D'];
    const { workflow, nodes } = draw(
      names.map((name) => node(name, 'n8n-nodes-base.noOp')),
      { A: { main: [to('B')] }, B: { main: [[...to('C'), ...to('D')]] }, C: { main: [to('B')] } },
    );
    expect(isArranged(workflow)).toBe(false);
    expect(new Set(nodes.map((drawn) => drawn.position.join())).size).toBe(names.length);
  });

  it('says types as people do', () => expect(typeWord('n8n-nodes-base.httpRequest')).toBe('HTTP Request'));
});
