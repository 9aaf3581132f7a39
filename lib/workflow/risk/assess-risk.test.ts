import { describe, expect, it } from 'vitest';
import { diffWorkflows } from '../diff/diff-workflows';
import { realWorkflows } from '../fixtures/real-workflows.fixture';
import { type NodeFixture, type WorkflowFixture, workflowOf } from '../fixtures/workflow-of';
import type { JsonObject, Workflow } from '../model';
import { assessRisk, isTolerated } from './assess-risk';
import { RISK_LEVELS } from './reason';

const BASE = 'n8n-nodes-base.';
const AI = '@n8n/n8n-nodes-langchain.';
const node = (type: string, parameters: JsonObject = {}, rest: object = {}): NodeFixture => ({
  id: type,
  type: `${BASE}${type}`,
  parameters,
  ...rest,
});
const hook = (parameters: JsonObject = {}) => node('webhook', { path: 'x', ...parameters });
const http = (url: string, rest: object = {}) => node('httpRequest', { url }, rest);
const every = (minutes: number) =>
  node('scheduleTrigger', { rule: { interval: [{ field: 'minutes', minutesInterval: minutes }] } });
const slack = (id: string, name: string) => node('slack', {}, { credentials: { slackApi: { id, name } } });
const call = (workflowId: string) => node('executeWorkflow', { workflowId });
const agent = { id: 'agent', name: 'agent', type: `${AI}agent` };
const mail = { id: 'mail', name: 'mail', type: `${BASE}gmailTool` };

const risk = (before: Workflow, after: Workflow) => assessRisk(before, after, diffWorkflows(before, after));
const between = (
  before: readonly NodeFixture[],
  after: readonly NodeFixture[],
  old: WorkflowFixture = {},
  current: WorkflowFixture = {},
) => risk(workflowOf(before, old), workflowOf(after, current));

type Nodes = readonly NodeFixture[];

it.each<readonly [rule: string, level: string, before: Nodes, after: Nodes]>([
  ['trigger-made-public', 'critical', [hook({ authentication: 'basicAuth' })], [hook()]],
  ['trigger-made-public', 'high', [node('set')], [node('set'), hook()]],
  ['address-changed', 'high', [hook()], [hook({ path: 'y' })]],
  ['trigger-removed', 'high', [hook(), node('set')], [node('set')]],
  ['trigger-removed', 'high', [every(5)], [{ ...every(5), disabled: true }]],
  ['trigger-added', 'medium', [node('set')], [node('set'), every(60)]],
  ['schedule-denser', 'medium', [every(10)], [every(5)]],
  ['schedule-denser', 'high', [every(10)], [every(1)]],
  ['schedule-sparser', 'low', [every(5)], [every(10)]],
  [
    'schedule-unknown',
    'medium',
    [every(5)],
    [node('scheduleTrigger', { rule: { interval: [{ field: 'cronExpression', expression: '={{ $vars.C }}' }] } })],
  ],
  ['destination-changed', 'high', [http('https://test.shop.io/x')], [http('https://shop.io/x')]],
  ['destination-changed', 'high', [http('https://shop.io/x')], [http('={{ $json.url }}')]],
  ['system-added', 'medium', [node('set')], [node('set'), node('telegram')]],
  [
    'resource-changed',
    'medium',
    [node('googleSheets', { documentId: { __rl: true, mode: 'id', value: 'a' } })],
    [node('googleSheets', { documentId: { __rl: true, mode: 'id', value: 'b' } })],
  ],
  ['call-changed', 'high', [call('a')], [call('b')]],
  ['credential-swapped', 'high', [slack('1', 'A')], [slack('2', 'B')]],
  ['credential-added', 'medium', [node('slack')], [slack('2', 'B')]],
  ['credential-removed', 'high', [slack('2', 'B')], [node('slack')]],
  [
    'destructive-operation',
    'high',
    [node('notion', { operation: 'get' })],
    [node('notion', { operation: 'deleteAll' })],
  ],
  ['action-removed', 'medium', [node('set'), node('slack')], [node('set')]],
  ['code-added', 'medium', [node('set')], [node('set'), node('code', { jsCode: '1' })]],
  ['code-changed', 'medium', [node('code', { jsCode: '1' })], [node('code', { jsCode: '2' })]],
  ['command-changed', 'high', [node('executeCommand', { command: 'ls' })], [node('executeCommand', { command: 'rm' })]],
  ['query-changed', 'medium', [node('postgres', { query: 'select 1' })], [node('postgres', { query: 'select 2' })]],
  ['prompt-changed', 'medium', [{ ...agent, parameters: { text: 'a' } }], [{ ...agent, parameters: { text: 'b' } }]],
  [
    'model-changed',
    'medium',
    [{ ...agent, type: `${AI}lmChatOpenAi`, parameters: { model: 'a' } }],
    [{ ...agent, type: `${AI}lmChatOpenAi`, parameters: { model: 'b' } }],
  ],
  ['error-handling-weakened', 'medium', [http('https://a.io', { retryOnFail: true })], [http('https://a.io')]],
  [
    'error-handling-weakened',
    'medium',
    [http('https://a.io')],
    [http('https://a.io', { onError: 'continueRegularOutput' })],
  ],
  ['type-version-changed', 'medium', [node('set', {}, { typeVersion: 2 })], [node('set', {}, { typeVersion: 3 })]],
  ['check-plaintext-secret', 'critical', [node('ftp')], [node('ftp', { password: 'correct-horse' })]],
  ['behaviour-changed', 'low', [node('set', { a: 1 })], [node('set', { a: 2 })]],
])('%s is seen, and is %s', (rule, level, before, after) => {
  const { reasons } = between(before, after);
  expect(reasons.find((reason) => reason.rule === rule)?.level).toBe(level);
  expect(between(after, after)).toEqual({ level: 'none', reasons: [] });
});

describe('settings of the whole workflow', () => {
  it.each([
    ['callers-widened', 'high', {}, { callerPolicy: 'any' }],
    [
      'callers-widened',
      'medium',
      { callerPolicy: 'workflowsFromAList', callerIds: 'a' },
      { callerPolicy: 'workflowsFromAList', callerIds: 'a,b' },
    ],
    ['mcp-opened', 'high', {}, { availableInMCP: true }],
    ['error-handling-weakened', 'medium', { errorWorkflow: 'e' }, {}],
    ['timezone-changed', 'medium', {}, { timezone: 'Europe/Rome' }],
    ['execution-order-changed', 'medium', {}, { executionOrder: 'v1' }],
  ] as const)('%s is %s', (rule, level, before, after) => {
    const { reasons } = between([every(60)], [every(60)], { settings: before }, { settings: after });
    expect(reasons.find((reason) => reason.rule === rule)?.level).toBe(level);
  });

  it('publishing is a risk, and unpublishing a greater one', () => {
    expect(between([hook()], [hook()], { active: false }, { active: true }).reasons[0]).toMatchObject({
      rule: 'activated',
      level: 'medium',
    });
    expect(between([hook()], [hook()], { active: true }, { active: false }).reasons[0]).toMatchObject({
      rule: 'deactivated',
      level: 'high',
    });
  });
});

describe('an agent', () => {
  const links = ['mail > ai_tool > agent'];

  it('with one more tool is riskier where strangers can talk to it', () => {
    const level = (start: NodeFixture) =>
      between(
        [start, agent, mail],
        [start, agent, mail],
        { links: [`${start.id} > agent`] },
        { links: [`${start.id} > agent`, ...links] },
      ).reasons.find(({ rule }) => rule === 'agent-tools-widened')?.level;
    expect(level(hook())).toBe('high');
    expect(level(every(60))).toBe('medium');
  });

  it('whose tool is only renamed has no more tools than before', () => {
    const renamed = { ...mail, name: 'post' };
    const { reasons } = between([agent, mail], [agent, renamed], { links }, { links: ['post > ai_tool > agent'] });
    expect(reasons.map(({ rule }) => rule)).not.toContain('agent-tools-widened');
  });
});

it('an error that was there before is no reason, though its node has another name now', () => {
  const leaky = node('ftp', { password: 'correct-horse' });
  const rules = between([leaky], [{ ...leaky, name: 'upload' }]).reasons.map(({ rule }) => rule);
  expect(rules).not.toContain('check-plaintext-secret');
});

it('another connection is low by itself', () => {
  const nodes = [node('set'), node('noOp')];
  expect(between(nodes, nodes, {}, { links: ['set > noOp'] }).reasons).toMatchObject([
    { rule: 'wiring-changed', level: 'low' },
  ]);
});

it('what only moves, is noted or is pinned is no risk', () => {
  const after = [{ ...node('set'), position: [9, 9], notes: 'new' }, { ...node('stickyNote', { content: 'x' }) }];
  expect(between([node('set')], after, {}, { pinData: { set: [{ json: {} }] } })).toEqual({
    level: 'none',
    reasons: [],
  });
});

it('a policy can ask for a level and for rules', () => {
  const found = between([slack('1', 'A')], [slack('2', 'B')]);
  expect(isTolerated(found, 'high')).toBe(true);
  expect(isTolerated(found, 'medium')).toBe(false);
  expect(isTolerated(found, 'critical', ['credential-swapped'])).toBe(false);
});

const real = realWorkflows();

it.runIf(real.length > 0)(
  'real workflows against one another: every level stands on reasons, the gravest first',
  () => {
    for (const [index, [, before]] of real.entries()) {
      const { level, reasons } = risk(before, real[(index + 1) % real.length]![1]);
      expect(level).toBe(reasons[0]?.level ?? 'none');
      const ranks = reasons.map((reason) => RISK_LEVELS.indexOf(reason.level));
      expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    }
  },
);
