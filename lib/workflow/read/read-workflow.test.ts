import { describe, expect, it } from 'vitest';
import { canonicalText } from '../canonical/document';
import { partDigests } from '../digest/digest';
import agent from '../fixtures/agent-fragment.json';
import legacy from '../fixtures/legacy.json';
import type { Json, JsonObject } from '../model';
import { MAX_PROBLEMS } from './problem';
import { MAX_NODES, readWorkflow, readWorkflowText } from './read-workflow';
import { MAX_DEPTH } from './scan';

const NODE = { name: 'A', type: 'n8n-nodes-base.noOp' };
const codes = (json: unknown) => readWorkflow(json).problems.map((problem) => `${problem.severity} ${problem.code}`);

describe('real shapes', () => {
  it('reads a clipboard fragment, which has neither name nor settings', () => {
    const { workflow, problems } = readWorkflow(agent, { name: 'From file' });
    expect(workflow).toMatchObject({ name: 'From file', settings: {}, id: null, active: false });
    expect(problems.map((problem) => problem.code)).toEqual(['missing-name']);
    expect(workflow!.edges.map((edge) => edge.type)).toEqual(['ai_languageModel', 'ai_tool', 'main']);
  });

  it('reads legacy nodes without ids, with a credential in plain text and the old error flag', () => {
    const { workflow, problems } = readWorkflow(legacy);
    const fetch = workflow!.nodes.find((node) => node.name === 'Fetch');
    expect(fetch).toMatchObject({
      key: 'name:Fetch',
      id: null,
      onError: 'continueRegularOutput',
      credentials: { httpBasicAuth: { id: null, name: 'Old basic' } },
      rest: { color: '#ff0000' },
    });
    expect(problems.map((problem) => problem.path)).toEqual(['/nodes/1/credentials/httpBasicAuth']);
  });

  it('reads the list of one that the export command writes, and a file with a byte order mark', () => {
    expect(readWorkflow([legacy]).workflow).toEqual(readWorkflow(legacy).workflow);
    expect(readWorkflow([legacy, legacy]).workflow).toBeNull();
    expect(readWorkflowText('\uFEFF{"nodes":[]}').workflow).not.toBeNull();
  });

  it('reads numbers that are written as text, as JSON would spell them and no other way', () => {
    const nodes = [{ ...NODE, id: 7, typeVersion: '2.1', position: ['-10', '2e1'], maxTries: '0x5' }];
    const connections = { A: { main: [[{ node: 'A', type: 'main', index: '1' }]] } };
    const { workflow } = readWorkflow({ name: 'T', nodes, connections });
    expect(workflow!.nodes[0]).toMatchObject({ id: '7', typeVersion: 2.1, position: [-10, 20], maxTries: 3 });
    expect(workflow!.edges).toMatchObject([{ input: 1 }]);
  });

  it('reads text and says when it is not JSON', () => {
    expect(readWorkflowText('{"nodes":[]}').workflow).not.toBeNull();
    expect(readWorkflowText('{"nodes":').problems).toMatchObject([{ code: 'invalid-json', severity: 'fatal' }]);
  });
});

describe('what is not a workflow is refused with a problem', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a number', 7],
    ['an object without nodes', { connections: {} }],
    ['nodes that are no list', { nodes: { a: 1 } }],
  ])('%s', (_, json) => {
    expect(readWorkflow(json).workflow).toBeNull();
    expect(codes(json)).toEqual(['fatal not-a-workflow']);
  });

  it.each<[string, unknown]>([
    ['a function', { nodes: [], x: () => 1 }],
    ['a number that is none', { nodes: [], x: Number.NaN }],
    ['a hole in a list', { nodes: [undefined] }],
  ])('%s', (_, json) => {
    expect(codes(json)).toEqual(['fatal not-json']);
  });
});

describe('hostile input ends in problems, never in a crash or a hang', { timeout: 60_000 }, () => {
  it('refuses nesting beyond the limit, however deep', () => {
    for (const depth of [MAX_DEPTH, 200_000]) {
      let nested: Json = 1;
      for (let level = 0; level < depth; level += 1) nested = [nested];
      expect(codes({ nodes: [{ ...NODE, parameters: { nested } }] })).toEqual(['fatal too-deep']);
    }
  });

  it('refuses a value that contains itself', () => {
    const loop: Record<string, unknown> = { nodes: [] };
    loop.loop = loop;
    expect(codes(loop)).toEqual(['fatal too-deep']);
  });

  it('refuses more nodes than the limit and reads as many in time', () => {
    const body = (count: number) => ({ name: 'Big', nodes: Array.from({ length: count }, () => NODE) });
    expect(codes(body(MAX_NODES + 1))).toEqual(['fatal too-many-nodes']);
    const { workflow, problems } = readWorkflow(body(MAX_NODES));
    expect(new Set(workflow!.nodes.map((node) => node.key)).size).toBe(MAX_NODES);
    expect(problems).toHaveLength(MAX_PROBLEMS);
    expect(codes({ ...body(1), activeVersion: body(MAX_NODES + 1) })).toEqual(['fatal too-many-nodes']);
  });

  it('tells nodes apart by content when nothing else does', () => {
    const nodes = Array.from({ length: 500 }, (_, index) => ({ ...NODE, position: [index, 0] }));
    const { workflow } = readWorkflow({ name: 'Twins', nodes });
    expect(canonicalText(readWorkflow({ name: 'Twins', nodes: nodes.toReversed() }).workflow!)).toBe(
      canonicalText(workflow!),
    );
  });

  it('gives a node a key of its own though another has that key for an id', () => {
    const nodes = [
      { ...NODE, id: 'name:B' },
      { ...NODE, name: 'B' },
      { ...NODE, name: 'C', id: 'name:B' },
    ];
    const keys = readWorkflow({ name: 'K', nodes }).workflow!.nodes.map((node) => node.key);
    expect(new Set(keys).size).toBe(3);
  });

  it('leaves __proto__ out and pollutes nothing', () => {
    const text = '{"name":"P","nodes":[{"name":"A","type":"t","parameters":{"__proto__":{"polluted":true},"kept":1}}]}';
    const { workflow, problems } = readWorkflowText(text);
    expect(problems).toMatchObject([{ code: 'forbidden-key', path: '/nodes/0/parameters/__proto__' }]);
    expect(workflow!.nodes[0]!.parameters).toEqual({ kept: 1 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('treats names of object methods as names', () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__'];
    const nodes = names.map((name) => ({ ...NODE, name }));
    const connections = { constructor: { main: [[{ node: 'toString', type: 'main', index: 0 }]] } };
    const { workflow } = readWorkflow({ name: 'N', nodes, connections });
    expect(workflow!.edges).toMatchObject([{ from: 'constructor', to: 'toString' }]);
    expect(readWorkflowText(canonicalText(workflow!)).workflow!.nodes.map((node) => node.name)).toEqual(names.sort());
  });

  it('keeps nodes that share a name or an id, each under a key of its own', () => {
    const nodes = [{ ...NODE, id: '1' }, { ...NODE, id: '1' }, NODE, { ...NODE, name: 'B', id: '1' }];
    const { workflow, problems } = readWorkflow({ name: 'D', nodes });
    expect(workflow!.nodes.map((node) => node.key)).toEqual(['name:A', '1', 'name:A#2', 'name:B']);
    expect(problems.map((problem) => `${problem.code} ${problem.path}`)).toEqual([
      'duplicate-name /nodes/1',
      'duplicate-id /nodes/1',
      'duplicate-name /nodes/2',
      'duplicate-id /nodes/3',
    ]);
  });

  it('drops connections that lead nowhere or are there twice, and says which', () => {
    const target = { node: 'A', type: 'main', index: 0 };
    const connections = { A: { main: [[target, target, { node: 'gone' }, 'text']] }, gone: { main: [[target]] } };
    const { workflow, problems } = readWorkflow({ name: 'C', nodes: [NODE], connections });
    expect(workflow!.edges).toHaveLength(1);
    expect(problems.map((problem) => `${problem.code} ${problem.path}`)).toEqual([
      'duplicate-connection /connections/A/main/0/1',
      'dangling-connection /connections/A/main/0/2',
      'wrong-type /connections/A/main/0/3',
      'dangling-connection /connections/gone/main/0/0',
    ]);
  });

  it('gives half a surrogate pair a digest of its own', () => {
    const digest = (text: string) => {
      const { workflow } = readWorkflow({ name: 'S', nodes: [{ ...NODE, parameters: { text } }] });
      return partDigests(workflow!).logic;
    };
    expect(new Set([digest('\ud83d'), digest('\ude00'), digest('\ufffd'), digest('😀')]).size).toBe(4);
    expect(codes({ name: 'S', nodes: [{ ...NODE, notes: '\ud83d' }] })).toEqual(['note lone-surrogate']);
  });

  it.each<[string, JsonObject]>([
    ['nodes', { nodes: [1, 'x', null, []] }],
    ['fields', { nodes: [{ name: 1, type: {}, typeVersion: 'x', position: 'x', parameters: [1], credentials: 'x' }] }],
    ['credentials', { nodes: [{ ...NODE, credentials: { a: 1, b: [], c: {} } }] }],
    ['connections', { nodes: [NODE], connections: { A: [1], B: { main: 'x' }, C: { main: ['x'] } } }],
    ['the rest', { nodes: [], name: {}, settings: 'x', tags: 'x', pinData: 1, active: 'yes', nodeGroups: {} }],
  ])('reads around %s of the wrong type', (_, json) => {
    const { workflow, problems } = readWorkflow(json);
    expect(workflow).not.toBeNull();
    expect(problems.some((problem) => problem.code === 'wrong-type')).toBe(true);
    expect(() => canonicalText(workflow!)).not.toThrow();
  });
});
