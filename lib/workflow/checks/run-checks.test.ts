import { describe, expect, it } from 'vitest';
import { realWorkflows } from '../fixtures/real-workflows.fixture';
import { type NodeFixture, type WorkflowFixture, workflowOf } from '../fixtures/workflow-of';
import type { JsonObject, Workflow } from '../model';
import type { CheckOptions } from './check';
import { CHECKS, runChecks } from './run-checks';

const BASE = 'n8n-nodes-base.';
const AI = '@n8n/n8n-nodes-langchain.';
/** Shaped like a token, put together here so that no scanner takes this file for a leak. */
const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

const node = (type: string, parameters: JsonObject = {}, rest: object = {}): NodeFixture => ({
  type: `${BASE}${type}`,
  parameters,
  ...rest,
});
const hook = (parameters: JsonObject = {}, rest: object = {}) => node('webhook', { path: 'x', ...parameters }, rest);
const agent = { name: 'agent', type: `${AI}agent` };
const slackTool = { name: 'slack', type: `${BASE}slackTool` };
const toAgent = ['webhook > agent', 'slack > ai_tool > agent'];
const pair = (name: string, value: string) =>
  node('httpRequest', { headerParameters: { parameters: [{ name, value }] } });
const query = (text: string) => node('postgres', { operation: 'executeQuery', query: text });

interface Case {
  readonly check: string;
  readonly bad: readonly NodeFixture[];
  readonly good: readonly NodeFixture[];
  readonly rest?: WorkflowFixture;
  readonly goodRest?: WorkflowFixture;
  readonly goodOptions?: CheckOptions;
}

/** For every check, the smallest workflow it objects to, and the nearest one it does not. */
const CASES: readonly Case[] = [
  {
    check: 'plaintext-secret',
    bad: [pair('Authorization', 'Bearer 8f2k1mQz77')],
    good: [pair('Authorization', '=Bearer {{ $json.t }}')],
  },
  {
    check: 'plaintext-secret',
    bad: [node('code', { jsCode: `const t = "${TOKEN}";` })],
    good: [node('code', { jsCode: 'const t = "ghp_short";' })],
  },
  {
    check: 'plaintext-secret',
    bad: [node('httpRequest', { url: 'https://x.test/?api_key=8f2k1mQz77' })],
    good: [node('httpRequest', { url: 'https://x.test/?api_key=YOUR_API_KEY' })],
  },
  {
    check: 'plaintext-secret',
    bad: [node('ftp', { password: 'correct-horse' })],
    good: [node('set', { max_tokens: '1000000000' })],
  },
  {
    check: 'plaintext-secret',
    bad: [hook()],
    rest: { pinData: { webhook: [{ json: { headers: { authorization: 'Bearer 8f2k1mQz77' } } }] } },
    good: [hook()],
    goodRest: { pinData: { webhook: [{ json: { headers: { authorization: 'Bearer <token>' } } }] } },
  },
  { check: 'unauthenticated-webhook', bad: [hook()], good: [hook({ authentication: 'headerAuth' })] },
  {
    check: 'unauthenticated-webhook',
    bad: [{ type: `${AI}chatTrigger`, parameters: { public: true } }],
    good: [{ type: `${AI}chatTrigger` }],
  },
  {
    check: 'duplicate-webhook',
    bad: [hook(), hook({}, { name: 'b' })],
    good: [hook(), hook({ httpMethod: 'POST' }, { name: 'b' })],
  },
  {
    check: 'untrusted-agent',
    bad: [hook(), agent, slackTool],
    rest: { links: toAgent },
    good: [hook(), agent, slackTool],
    goodRest: { links: toAgent.slice(1) },
  },
  {
    check: 'untrusted-agent',
    bad: [hook(), agent, slackTool],
    rest: { links: toAgent },
    good: [hook(), agent, { ...slackTool, type: `${AI}toolCalculator` }],
    goodRest: { links: toAgent },
  },
  {
    check: 'sql-by-expression',
    bad: [query('=SELECT * FROM t WHERE id = {{ $json.id }}')],
    good: [query('SELECT * FROM t WHERE id = $1')],
  },
  {
    check: 'command-by-expression',
    bad: [node('executeCommand', { command: '=ls {{ $json.dir }}' })],
    good: [node('executeCommand', { command: '=ls /tmp/{{ $execution.id }}' })],
  },
  {
    check: 'missing-response',
    bad: [hook({ responseMode: 'responseNode' })],
    good: [hook({ responseMode: 'responseNode' }), node('respondToWebhook')],
    goodRest: { links: ['webhook > respondToWebhook'] },
  },
  {
    check: 'missing-node',
    bad: [node('set', { a: "={{ $('Gone').first().json }}" })],
    good: [node('set', { a: '={{ $(\'set\').first().json + $node["set"].json }}' })],
  },
  {
    check: 'missing-node',
    bad: [node('set', { a: '={{ $node["Gone"].json.x }}' })],
    good: [node('code', { jsCode: "$('div').text()" })],
  },
  {
    check: 'loop-without-exit',
    bad: [hook(), node('set'), node('noOp')],
    rest: { links: ['webhook > set', 'set > noOp', 'noOp > set'] },
    good: [hook(), node('set'), node('if')],
    goodRest: { links: ['webhook > set', 'set > if', 'if > set'] },
  },
  { check: 'unreachable-node', bad: [hook(), node('set')], good: [hook(), node('set', {}, { disabled: true })] },
  { check: 'no-trigger', bad: [node('set')], good: [hook()] },
  { check: 'missing-error-workflow', bad: [hook()], good: [hook()], goodRest: { settings: { errorWorkflow: 'w' } } },
  { check: 'missing-error-workflow', bad: [node('scheduleTrigger')], good: [node('manualTrigger')] },
  {
    check: 'unpinned-package',
    bad: [{ type: 'n8n-nodes-x.y' }],
    good: [{ type: 'n8n-nodes-x.y' }],
    goodOptions: { pinnedPackages: { 'n8n-nodes-x': '1.0.0' } },
  },
  {
    check: 'dynamic-call',
    bad: [node('executeWorkflow', { workflowId: '={{ $json.w }}' })],
    good: [node('executeWorkflow', { workflowId: '={{ $workflow.id }}' })],
  },
  {
    check: 'credential-by-name',
    bad: [node('slack', {}, { credentials: { slackApi: 'Team' } })],
    good: [node('slack', {}, { credentials: { slackApi: { id: '1', name: 'Team' } } })],
  },
  {
    check: 'environment-access',
    bad: [node('set', { a: '={{ $env.KEY }}' })],
    good: [node('set', { a: '={{ $vars.KEY }}' })],
  },
  {
    check: 'insecure-transport',
    bad: [node('httpRequest', { url: 'http://shop.example.com/x' })],
    good: [node('httpRequest', { url: 'http://service:8080/x' })],
  },
  {
    check: 'insecure-transport',
    bad: [node('httpRequest', { options: { allowUnauthorizedCerts: true } })],
    good: [node('httpRequest', { options: {} })],
  },
  {
    check: 'ignored-failure',
    bad: [node('slack', {}, { continueOnFail: true })],
    good: [node('slack', {}, { onError: 'continueErrorOutput' })],
  },
  {
    check: 'dense-schedule',
    bad: [node('cron', { triggerTimes: { item: [{ mode: 'everyMinute' }] } })],
    good: [node('cron', { triggerTimes: { item: [{ mode: 'everyHour' }] } })],
  },
  {
    check: 'fixed-instance-url',
    bad: [node('httpRequest', { url: 'https://n8n.test/webhook/x' })],
    good: [node('httpRequest', { url: 'https://n8n.test/about' })],
  },
  { check: 'pinned-data', bad: [hook()], rest: { pinData: { webhook: [{ json: {} }] } }, good: [hook()] },
];

const found = (workflow: Workflow, check: string, options?: CheckOptions) =>
  runChecks(workflow, options).filter((finding) => finding.check === check);

it.each(CASES)(
  '$check objects to what it is for, and to nothing next to it',
  ({ check, bad, good, rest, goodRest, goodOptions }) => {
    const [finding] = found(workflowOf(bad, rest), check);
    expect(finding).toBeDefined();
    expect(finding!.remedy).not.toBe('');
    expect(found(workflowOf(good, goodRest), check, goodOptions)).toEqual([]);
  },
);

it('every check has a case, and an id of its own', () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(CASES.map(({ check }) => check))).toEqual(new Set(ids));
});

describe('findings', () => {
  it('never repeat the secret they are about', () => {
    const workflow = workflowOf([
      pair('X-API-Key', '8f2k1mQz77'),
      node('code', { jsCode: `"${TOKEN}"` }),
      node('ftp', { password: 'correct-horse' }),
    ]);
    const text = JSON.stringify(runChecks(workflow));
    for (const secret of ['8f2k1mQz77', TOKEN, 'correct-horse']) expect(text).not.toContain(secret);
  });

  it('weigh more when a stranger can send the data', () => {
    const sql = query('=DELETE FROM t WHERE id = {{ $json.id }}');
    const severity = (links: readonly string[], parameters: JsonObject = {}) =>
      found(workflowOf([hook(parameters), sql], { links }), 'sql-by-expression')[0]!.severity;
    expect(severity(['webhook > postgres'])).toBe('error');
    expect(severity(['webhook > postgres'], { authentication: 'basicAuth' })).toBe('warning');
    expect(severity([])).toBe('warning');
  });

  it('come with errors first', () => {
    const ranks = runChecks(workflowOf([hook(), pair('Authorization', 'Bearer 8f2k1mQz77')])).map(({ severity }) =>
      ['error', 'warning', 'info'].indexOf(severity),
    );
    expect(ranks).toEqual(ranks.toSorted());
    expect(ranks[0]).toBe(0);
  });
});

it('hostile texts cost no more than their length', () => {
  const texts = ['{{', 'eyJaaaaaaaa-', "$('", '$vars[', 'https://a:', '"token": "', '$secrets.a', 'http://a.b'];
  for (const text of texts) {
    const workflow = workflowOf([
      query(`=${text.repeat(300_000 / text.length)}`),
      hook({ url: text.repeat(100_000 / text.length) }),
    ]);
    const start = performance.now();
    runChecks(workflow);
    expect(performance.now() - start, text).toBeLessThan(10_000);
  }
});

const real = realWorkflows();

it.runIf(real.length > 0)('real workflows can all be checked, and most checks find something', () => {
  const counts = new Map<string, number>();
  for (const [, workflow] of real)
    for (const { check } of runChecks(workflow)) counts.set(check, (counts.get(check) ?? 0) + 1);
  expect(counts.size).toBeGreaterThan(15);
});
