import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { parseSpecification, specificationFromDiscovery } from './specification';
import { toWriteBody } from './write-body';

const document: WorkflowDocument = {
  name: 'Orders',
  nodes: [{ id: 'a', name: 'A', type: 't', color: 'red', parameters: { any: { thing: [1] } } }],
  connections: { A: { main: [] } },
  settings: {
    timezone: 'DEFAULT',
    saveExecutionProgress: 'DEFAULT',
    saveDataErrorExecution: 'DEFAULT',
    binaryMode: 'separate',
  },
  description: 'What it does',
  nodeGroups: [],
};

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    active: { type: 'boolean', readOnly: true },
    nodes: {
      type: 'array',
      items: { $ref: '#/components/schemas/node' },
    },
    connections: { type: 'object' },
    settings: {
      type: 'object',
      additionalProperties: false,
      properties: {
        timezone: { type: 'string' },
        saveExecutionProgress: { type: 'boolean' },
        saveDataErrorExecution: { type: 'string', enum: ['all', 'none'] },
      },
    },
  },
};
const nodeSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { id: {}, name: {}, type: {}, parameters: { type: 'object', additionalProperties: { nullable: true } } },
};

describe('the body of a write', () => {
  const specification = parseSpecification(
    JSON.stringify({
      paths: { '/workflows/{workflowId}': { put: { requestBody: { content: { 'application/json': { schema } } } } } },
      components: { schemas: { node: nodeSchema } },
    }),
  )!;

  it('holds what the instance’s own schema names, and says what was left out', () => {
    const { body, omitted } = toWriteBody(document, specification.body('PUT /workflows/{}'));
    expect(body).toEqual({
      name: 'Orders',
      nodes: [{ id: 'a', name: 'A', type: 't', parameters: { any: { thing: [1] } } }],
      connections: { A: { main: [] } },
      settings: { timezone: 'DEFAULT' },
    });
    expect(omitted.sort()).toEqual([
      'description',
      'nodeGroups',
      'nodes[0].color',
      'settings.binaryMode',
      'settings.saveDataErrorExecution',
      'settings.saveExecutionProgress',
    ]);
  });

  it('holds only what every version takes when the instance describes nothing', () => {
    const { body, omitted } = toWriteBody(document, null);
    expect(Object.keys(body).sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
    expect(omitted).toContain('nodes[0].color');
  });

  it('never holds a field the document cannot have, whatever the caller slipped in', () => {
    const smuggled = { ...document, id: 'x', active: true, staticData: { lastId: 1 } } as WorkflowDocument;
    expect(Object.keys(toWriteBody(smuggled, specification.body('PUT /workflows/{}')).body).sort()).toEqual([
      'connections',
      'name',
      'nodes',
      'settings',
    ]);
  });
});

describe('an instance’s description of itself', () => {
  it('is known by the shape of its paths, not by the names of their parameters', () => {
    for (const name of ['id', 'workflowId']) {
      const specification = parseSpecification(`paths:\n  '/workflows/{${name}}':\n    get: {}\n`);
      expect(specification?.has('GET /workflows/{}')).toBe(true);
    }
  });

  it('is read once, however many instances of the version there are', () => {
    const text = `paths:\n  '/workflows/{id}':\n    get: {}\n# ${Math.random()}\n`;
    expect(parseSpecification(text)).toBe(parseSpecification(text));
    expect(parseSpecification(`${text}# another`)).not.toBe(parseSpecification(text));
  });

  it('is nothing when it is a page, broken, or too large', () => {
    for (const text of ['<!doctype html><p>Sign in', '{', 'just text', `paths: {}\n${'# '.repeat(3_000_000)}`]) {
      expect(parseSpecification(text)).toBeNull();
    }
  });

  it('that refers to itself without end is cut, not followed', () => {
    const endless = {
      type: 'object',
      properties: { next: { $ref: '#/components/schemas/endless' }, twin: { $ref: '#/components/schemas/endless' } },
    };
    const specification = parseSpecification(
      JSON.stringify({
        paths: {
          '/a': {
            post: {
              requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/endless' } } } },
            },
          },
        },
        components: { schemas: { endless, loop: { $ref: '#/components/schemas/loop' } } },
      }),
    )!;
    expect(specification.body('POST /a')?.properties?.next).toBeDefined();
  });

  it('can come from /discover when the file is out of reach', () => {
    const reply = {
      data: {
        scopes: [],
        resources: {
          workflow: {
            operations: [],
            endpoints: [
              { method: 'PUT', path: '/api/v1/workflows/{id}', requestSchema: schema },
              { method: 'GET', path: '/api/v1/workflows' },
            ],
          },
        },
      },
    };
    const specification = specificationFromDiscovery(reply)!;
    expect(specification.has('GET /workflows')).toBe(true);
    expect(specification.body('PUT /workflows/{}')?.properties?.name).toEqual({ type: 'string' });
    expect(specificationFromDiscovery({ message: 'not found' })).toBeNull();
  });
});
