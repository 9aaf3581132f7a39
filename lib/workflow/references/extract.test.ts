import { describe, expect, it } from 'vitest';
import { realWorkflows } from '../fixtures/real-workflows.fixture';
import { type NodeFixture, type WorkflowFixture, workflowOf } from '../fixtures/workflow-of';
import type { JsonObject, JsonPath, Workflow } from '../model';
import { extractReferences } from './extract';
import { valueAt } from './path';
import type { Reference, ReferenceKind, ReferenceOf } from './reference';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const CALL = 'n8n-nodes-base.executeWorkflow';

function refer<Kind extends ReferenceKind>(
  kind: Kind,
  nodes: readonly NodeFixture[],
  rest: WorkflowFixture = {},
): ReferenceOf<Kind>[] {
  return extractReferences(workflowOf(nodes, rest)).filter((found) => found.kind === kind) as ReferenceOf<Kind>[];
}

const set = (parameters: JsonObject): NodeFixture => ({ type: 'n8n-nodes-base.set', parameters });
const holder = (workflow: Workflow, { node }: Reference) =>
  node
    ? (workflow.nodes.find(({ key }) => key === node.key) as unknown as JsonObject)
    : (workflow as unknown as JsonObject);

describe('credentials', () => {
  it('are reported by type with id and name, or by name alone in legacy and id-less form', () => {
    const node = (credentials: JsonObject): NodeFixture => ({ type: 'n8n-nodes-base.slack', credentials });
    const [full] = refer('credential', [node({ slackApi: { id: 'c1', name: 'Team' } })]);
    expect(full).toMatchObject({ credentialType: 'slackApi', id: 'c1', name: 'Team', written: 'idAndName' });
    expect(full!.path).toEqual(['credentials', 'slackApi']);
    for (const value of ['Team', { id: null, name: 'Team' }]) {
      const [named] = refer('credential', [node({ slackApi: value })]);
      expect(named).toMatchObject({ name: 'Team', written: 'name' });
      expect(named).not.toHaveProperty('id');
    }
    expect(refer('credential', [node({ openAiApi: { id: null, name: '', __aiGatewayManaged: true } })])).toEqual([]);
  });

  it('inside an inline sub-workflow are found with the nodes that lead to them', () => {
    const inner = { nodes: [{ name: 'Post', type: 'n8n-nodes-base.slack', credentials: { slackApi: 'Old' } }] };
    const nested = { nodes: [{ name: 'Deep', type: CALL, parameters: { source: 'parameter', workflowJson: inner } }] };
    const host = { type: CALL, parameters: { source: 'parameter', workflowJson: JSON.stringify(nested) } };
    const workflow = workflowOf([host]);
    const [found] = refer('credential', [host]);
    expect(found).toMatchObject({ name: 'Old', within: ['Deep', 'Post'], node: { name: 'executeWorkflow' } });
    expect(valueAt(holder(workflow, found!), found!.path)).toBe('Old');
  });
});

describe('workflows', () => {
  it.each([
    [CALL, 'execute'],
    [`${LANGCHAIN}.toolWorkflow`, 'tool'],
    [`${LANGCHAIN}.retrieverWorkflow`, 'retriever'],
    ['n8n-nodes-base.n8n', 'n8nNode'],
  ])('named by %s are reported in the role %s, as bare id or locator', (type, role) => {
    const [plain] = refer('workflow', [{ type, parameters: { workflowId: 'w1' } }]);
    expect(plain).toMatchObject({ role, id: 'w1', written: 'plain', path: ['parameters', 'workflowId'] });
    const workflowId = { __rl: true, mode: 'list', value: 'w1', cachedResultName: 'Child' };
    expect(refer('workflow', [{ type, parameters: { workflowId } }])).toMatchObject([
      { role, id: 'w1', name: 'Child', written: 'list' },
    ]);
    expect(refer('resource', [{ type, parameters: { workflowId } }])).toEqual([]);
  });

  it('written as a URL give the id it holds', () => {
    const workflowId = { __rl: true, mode: 'url', value: 'https://n8n.dev.test/workflow/w1' };
    expect(refer('workflow', [{ type: CALL, parameters: { workflowId } }])).toMatchObject([
      { id: 'w1', written: 'url' },
    ]);
  });

  it('computed by an expression are dynamic: no id, no name', () => {
    const workflowId = { __rl: true, mode: 'id', value: '={{ $json.next }}', cachedResultName: 'Stale' };
    const [found] = refer('workflow', [{ type: CALL, parameters: { workflowId } }]);
    expect(found).toMatchObject({ written: 'expression', expression: '={{ $json.next }}', self: false });
    expect(found).not.toHaveProperty('id');
    expect(found).not.toHaveProperty('name');
  });

  it('are not taken from a stale id when the source is a parameter, a file or a URL', () => {
    const call = (parameters: JsonObject) =>
      refer('workflow', [{ type: CALL, parameters: { workflowId: 'x', ...parameters } }]);
    expect(call({ source: 'parameter', workflowJson: '{"nodes":[]}' })).toMatchObject([{ written: 'inline' }]);
    expect(call({ source: 'localFile', workflowPath: 'a.json' })).toMatchObject([{ written: 'file', name: 'a.json' }]);
    expect(call({ source: 'url', workflowUrl: 'https://x.test/a' })).toMatchObject([{ written: 'remote' }]);
  });

  it('of the settings are the error handler and the callers that the policy lists', () => {
    const settings = { errorWorkflow: 'e1', callerPolicy: 'workflowsFromAList', callerIds: 'a1,b2' };
    const found = refer('workflow', [set({})], { settings });
    expect(found.map(({ role, id, span, node }) => [role, id, span, node])).toEqual([
      ['errorWorkflow', 'e1', undefined, null],
      ['caller', 'a1', [0, 2], null],
      ['caller', 'b2', [3, 5], null],
    ]);
    expect(refer('workflow', [set({})], { settings: { errorWorkflow: 'DEFAULT', callerIds: 'a1' } })).toEqual([]);
  });

  it('that are this one are reported as self, by id and by $workflow.id', () => {
    const nodes = [
      { name: 'a', type: CALL, parameters: { workflowId: '={{ $workflow.id }}' } },
      { name: 'b', type: CALL, parameters: { workflowId: 'me' } },
    ];
    expect(refer('workflow', nodes, { id: 'me' }).map((found) => found.self)).toEqual([true, true]);
    expect(refer('self', nodes, { id: 'me' })).toEqual([]);
    expect(refer('self', [set({ url: '=/workflow/{{ $workflow.id }}' })])).toHaveLength(1);
  });
});

describe('names in expressions and code', () => {
  it('of variables, environment and secrets are read in every way of writing them', () => {
    const js = 'const a = $vars.A + $vars["B C"] + $vars?.D; return $env[\'E\'] ?? $env.F';
    expect(refer('variable', [set({ js })]).map(({ name }) => name)).toEqual(['A', 'B C', 'D']);
    expect(refer('environmentVariable', [set({ js })]).map(({ name }) => name)).toEqual(['E', 'F']);
    expect(refer('secret', [set({ key: '={{ $secrets.vault.token }}' })])).toMatchObject([{ name: 'vault.token' }]);
    expect(refer('variable', [set({})], { settings: { timezone: '={{ $vars.TZ }}' } })).toMatchObject([{ name: 'TZ' }]);
  });

  it('are found in time that grows with the text, however often they stand on one line', () => {
    const start = performance.now();
    expect(refer('variable', [set({ text: '$vars[a]'.repeat(50_000) })])).toHaveLength(50_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('looked up by a computed key are dynamic', () => {
    const [found] = refer('variable', [set({ a: '={{ $vars[$json.key] }}' })]);
    expect(found).toMatchObject({ expression: '$vars[$json.key] }}' });
    expect(found).not.toHaveProperty('name');
  });

  it('on a sticky note are only words', () => {
    const note = {
      type: 'n8n-nodes-base.stickyNote',
      parameters: { content: 'set $env.KEY, see https://h.test/webhook/x' },
    };
    expect(extractReferences(workflowOf([note]))).toEqual([]);
  });

  it('point at exactly the characters that name them', () => {
    const text = '={{ $vars.vars + $env["env"] }}';
    const spans = extractReferences(workflowOf([set({ text })])).map(({ span }) => text.slice(...span!));
    expect(spans).toEqual(['vars', 'env']);
  });
});

describe('everything else an instance or another system holds', () => {
  it('data tables are known by id or by portable name', () => {
    const table = (dataTableId: JsonObject) =>
      refer('dataTable', [{ type: 'n8n-nodes-base.dataTable', parameters: { dataTableId } }]);
    expect(table({ __rl: true, mode: 'list', value: 't1', cachedResultName: 'Orders' })).toMatchObject([
      { id: 't1', name: 'Orders' },
    ]);
    const [named] = table({ __rl: true, mode: 'name', value: 'Orders' });
    expect(named).toMatchObject({ name: 'Orders', written: 'name' });
    expect(named).not.toHaveProperty('id');
  });

  it('locators elsewhere are resources with their dotted parameter', () => {
    const folderId = { __rl: true, mode: 'list', value: 'f1', cachedResultName: 'Inbox' };
    const node = { type: 'n8n-nodes-base.googleDrive', parameters: { filter: { folderId } } };
    expect(refer('resource', [node])).toMatchObject([{ parameter: 'filter.folderId', id: 'f1', name: 'Inbox' }]);
  });

  it('webhooks have the route n8n serves them under', () => {
    const webhook = (parameters: JsonObject) =>
      refer('webhook', [{ type: 'n8n-nodes-base.webhook', webhookId: 'u1', parameters }]).map(({ name, methods }) => [
        name,
        methods,
      ]);
    expect(webhook({ path: 'orders', httpMethod: 'POST' })).toEqual([['orders', ['POST']]]);
    expect(webhook({ path: 'orders/:id' })).toEqual([['u1/orders/:id', ['GET']]]);
    expect(webhook({ path: '' })).toEqual([['u1', ['GET']]]);
  });

  it('URLs of an instance are told from look-alikes, and for certain when the origins are known', () => {
    const node = set({
      a: 'https://n8n.test/webhook/x',
      b: 'https://openrouter.ai/api/v1/chat',
      c: 'https://n8n.test/api/v1/workflows/1',
    });
    expect(refer('ownUrl', [node]).map(({ endpoint, own }) => [endpoint, own])).toEqual([
      ['webhook', 'unknown'],
      ['api/v1', 'unknown'],
    ]);
    const known = (origin: string) => extractReferences(workflowOf([node]), { ownOrigins: [origin] });
    expect(known('https://N8N.test')).toMatchObject([{ own: true }, { own: true }]);
    expect(known('https://other.test')).toEqual([]);
  });

  it('community packages are told from what n8n ships', () => {
    const node = { type: '@acme/n8n-nodes-crm.contact', typeVersion: 2 };
    expect(refer('nodePackage', [node, set({})])).toMatchObject([{ name: '@acme/n8n-nodes-crm', typeVersion: 2 }]);
  });

  it('filters and projects of the n8n node count', () => {
    const n8n = {
      type: 'n8n-nodes-base.n8n',
      parameters: { filters: { workflowId: { __rl: true, mode: 'id', value: 'w' } }, projectId: 'p' },
    };
    expect(refer('workflow', [n8n])).toMatchObject([{ id: 'w', path: ['parameters', 'filters', 'workflowId'] }]);
    expect(refer('project', [n8n])).toMatchObject([{ id: 'p' }]);
  });

  it('inline JSON nested without end is passed over, not followed', () => {
    const workflowJson = `{"nodes":[{"type":"a.b","parameters":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`;
    const node = { type: CALL, parameters: { source: 'parameter', workflowJson } };
    expect(refer('workflow', [node])).toMatchObject([{ written: 'inline' }]);
  });
});

const real = realWorkflows();

describe.runIf(real.length > 0)('real workflows', () => {
  it('give a value at every path, and the referenced characters at every span', () => {
    let count = 0;
    for (const [file, workflow] of real) {
      for (const reference of extractReferences(workflow)) {
        const value = valueAt(holder(workflow, reference), reference.path as JsonPath);
        expect(value, `${file} ${reference.kind} ${reference.path.join('/')}`).toBeDefined();
        if (reference.span) expect((value as string).slice(...reference.span)).not.toBe('');
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(1500);
  });
});
