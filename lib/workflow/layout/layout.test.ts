import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds } from '../fixtures/property';
import { realWorkflows } from '../fixtures/real-workflows.fixture';
import { workflowOf } from '../fixtures/workflow-of';
import type { Position, Workflow } from '../model';
import { layoutGraph } from './layout';

const step = (name: string) => ({ name, type: 'n8n-nodes-base.set' });
const byName = (workflow: Workflow): Record<string, Position> => {
  const places = layoutGraph(workflow);
  return Object.fromEntries(workflow.nodes.map(({ key, name }) => [name, places.get(key)!]));
};
const expectApart = (workflow: Workflow) => {
  const places = [...layoutGraph(workflow).values()];
  expect(places).toHaveLength(workflow.nodes.length);
  expect(new Set(places.map(String)).size).toBe(places.length);
};

it('every step stands to the right of all that lead to it, by the longest way', () => {
  const links = ['a > b', 'b > c', 'a > c', 'c > d'];
  const { a, b, c, d } = byName(workflowOf(['a', 'b', 'c', 'd'].map(step), { links }));
  expect([a, b, c, d].map((place) => place![0])).toEqual([0, 256, 512, 768]);
});

it('sub-nodes stand under the node they serve, sub-nodes of theirs one row lower', () => {
  const links = [
    'a > agent',
    'model > ai_languageModel > agent',
    'store > ai_tool > agent',
    'embed > ai_embedding > store',
  ];
  const places = byName(workflowOf(['a', 'agent', 'model', 'store', 'embed'].map(step), { links }));
  expect(places.model).toEqual([places.agent![0], places.agent![1] + 176]);
  expect(places.store).toEqual([places.agent![0] + 128, places.agent![1] + 176]);
  expect(places.embed).toEqual([places.store![0], places.agent![1] + 352]);
});

it('branches keep the order of their outputs', () => {
  const { b, c } = byName(workflowOf(['a', 'c', 'b'].map(step), { links: ['a > b', 'a > c'] }));
  expect(b![1]).toBeLessThan(c![1]);
});

it('no two nodes of any graph share a place, circles and sub-node circles included', () => {
  const edge = fc.tuple(fc.nat(9), fc.constantFrom('main', 'ai_tool'), fc.nat(9));
  holds(
    fc.property(fc.array(edge, { maxLength: 25 }), (edges) => {
      const nodes = Array.from({ length: 10 }, (_, index) => step(`${index}`));
      expectApart(workflowOf(nodes, { links: edges.map(([from, type, to]) => `${from} > ${type} > ${to}`) }));
    }),
  );
});

it('20,000 nodes in one chain, or in one circle, are laid out without a stack', () => {
  const nodes = Array.from({ length: 20_000 }, (_, index) => step(`${index}`));
  const links = nodes.map((_, index) => `${index} > ${(index + 1) % nodes.length}`);
  expectApart(workflowOf(nodes, { links }));
});

const real = realWorkflows();

it.runIf(real.length > 0)('real workflows are laid out with every node in a place of its own', () => {
  for (const [, workflow] of real) expectApart(workflow);
});
