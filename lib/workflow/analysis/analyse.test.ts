import { describe, expect, it } from 'vitest';
import { realWorkflows } from '../fixtures/real-workflows.fixture';
import { type NodeFixture, workflowOf } from '../fixtures/workflow-of';
import { analyseWorkflow } from './analyse';
import { complexityOf } from './complexity';
import { externalSystem } from './external-system';
import { nodeCategory } from './node-category';
import { summaryOf } from './summary';

const BASE = 'n8n-nodes-base.';
const set = (name: string): NodeFixture => ({ name, type: `${BASE}set` });
const hook = { name: 'hook', type: `${BASE}webhook`, parameters: { path: 'x' } };

describe('the graph', () => {
  it('is measured without sticky notes: size, depth, branching, ends', () => {
    const nodes = [hook, set('a'), set('b'), set('c'), { name: 'note', type: `${BASE}stickyNote` }];
    const { graph } = analyseWorkflow(workflowOf(nodes, { links: ['hook > a', 'hook > b', 'b > c'] }));
    expect(graph).toMatchObject({
      nodes: 4,
      notes: 1,
      connections: 3,
      depth: 3,
      maxFanOut: 2,
      sinks: 2,
      triggers: 1,
      isLinear: false,
    });
  });

  it('has its circles and the steps that no enabled trigger leads to named', () => {
    const links = ['hook > a', 'a > b', 'b > a', 'c > d'];
    const { graph } = analyseWorkflow(workflowOf([hook, ...['a', 'b', 'c', 'd'].map(set)], { links }));
    expect(graph.cycles.map((names) => [...names].sort())).toEqual([['a', 'b']]);
    expect(graph.unreachable).toEqual(['c', 'd']);
    const off = analyseWorkflow(workflowOf([{ ...hook, disabled: true }, set('a')], { links: ['hook > a'] }));
    expect(off.graph.unreachable).toEqual(['a']);
  });

  it('sub-nodes are reached with the node they serve', () => {
    const { graph } = analyseWorkflow(
      workflowOf([hook, set('agent'), set('model')], { links: ['hook > agent', 'model > ai_languageModel > agent'] }),
    );
    expect(graph).toMatchObject({ unreachable: [], subNodes: 1, decisions: 0 });
  });

  it('a choice is an output in use beyond the first', () => {
    const connections = {
      if: { main: [[{ node: 'a', type: 'main', index: 0 }], [{ node: 'b', type: 'main', index: 0 }]] },
    };
    const workflow = workflowOf([{ name: 'if', type: `${BASE}if` }, set('a'), set('b')], { connections });
    expect(analyseWorkflow(workflow).graph.decisions).toBe(1);
  });
});

it.each([
  [`${BASE}webhook`, 'trigger'],
  [`${BASE}slackTrigger`, 'trigger'],
  [`${BASE}postgresTool`, 'database'],
  [`${BASE}if`, 'logic'],
  [`${BASE}set`, 'transform'],
  [`${BASE}code`, 'code'],
  ['@n8n/n8n-nodes-langchain.agent', 'ai'],
  ['@n8n/n8n-nodes-langchain.toolCode', 'code'],
  [`${BASE}slack`, 'api'],
  ['@acme/n8n-nodes-crm.contact', 'api'],
])('%s is of category %s', (type, category) => {
  expect(nodeCategory(type)).toBe(category);
});

it.each([
  [`${BASE}httpRequest`, { url: 'https://user:pass@API.stripe.com:443/v1' }, 'api.stripe.com'],
  [`${BASE}httpRequest`, { url: '={{ $json.url }}' }, 'HTTP'],
  [`${BASE}httpRequest`, { url: '=https://{{ $vars.HOST }}/x' }, 'HTTP'],
  [`${BASE}googleSheetsTool`, {}, 'Google Sheets'],
  [`${BASE}scheduleTrigger`, {}, undefined],
  [`${BASE}gmailTrigger`, {}, 'Gmail'],
  ['@n8n/n8n-nodes-langchain.lmChatAnthropic', {}, 'Anthropic'],
  ['@n8n/n8n-nodes-langchain.memoryBufferWindow', {}, undefined],
  [`${BASE}set`, {}, undefined],
  [BASE, {}, ''],
])('%s with %o talks to %s', (type, parameters, system) => {
  expect(externalSystem(workflowOf([{ type, parameters }]).nodes[0]!)).toBe(system);
});

it('retries and error handling are counted over nodes that call another system', () => {
  const call = (name: string, rest: NodeFixture | object = {}) => ({ name, type: `${BASE}slack`, ...rest });
  const nodes = [
    call('a'),
    call('b', { retryOnFail: true }),
    call('c', { onError: 'continueErrorOutput' }),
    call('d', { continueOnFail: true }),
    call('e', { disabled: true }),
    set('f'),
  ];
  expect(analyseWorkflow(workflowOf(nodes, { settings: { errorWorkflow: 'w' } })).robustness).toEqual({
    outbound: 4,
    retried: 1,
    handled: 1,
    ignored: 1,
    hasErrorWorkflow: true,
  });
});

it('the complexity is the highest level any measure reaches, and says which', () => {
  expect(complexityOf({ nodes: 5, depth: 3, decisions: 0, linesOfCode: 0 })).toEqual({ level: 'simple', reasons: [] });
  expect(complexityOf({ nodes: 40, depth: 3, decisions: 0, linesOfCode: 300 })).toEqual({
    level: 'veryComplex',
    reasons: [{ measure: 'linesOfCode', value: 300, above: 208 }],
  });
});

it('the summary states how it starts, what it talks to and how large it is', () => {
  const slack = { name: 'say', type: `${BASE}slack` };
  const text = (nodes: readonly NodeFixture[], links: readonly string[] = []) =>
    summaryOf(analyseWorkflow(workflowOf(nodes, { links })));
  expect(text([hook, slack], ['hook > say'])).toBe('Starts on a webhook and talks to Slack. 2 nodes, 0 choices.');
  expect(text([set('a')])).toBe('Has no trigger and talks to no other system. 1 node, 0 choices.');
});

const real = realWorkflows();

it.runIf(real.length > 0)('real workflows: every node has a category of its own, every level occurs', () => {
  const analyses = real.map(([, workflow]) => analyseWorkflow(workflow));
  expect(analyses.flatMap(({ nodes }) => nodes).filter(({ category }) => category === 'other')).toEqual([]);
  expect(new Set(analyses.map(({ complexity }) => complexity.level)).size).toBe(4);
});
