import { describe, expect, it } from 'vitest';
import { ProviderError } from '@/lib/ports/provider-error';
import { toExecution, toExecutionDetail, toPage, toWorkflow } from './mapper';

const node = {
  id: 'a',
  name: 'Start',
  type: 'n8n-nodes-base.webhook',
  typeVersion: 2,
  position: [0, 0],
  parameters: { path: 'p' },
};
const common = {
  id: 'R2DjclaysHbqn778',
  name: 'Orders',
  nodes: [node],
  connections: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
};

/** As 2.41 answers for one published workflow whose draft has moved on. */
const modern = {
  ...common,
  description: null,
  active: true,
  activeVersionId: 'v1',
  versionId: 'v2',
  isArchived: false,
  triggerCount: 1,
  nodeGroups: [],
  settings: {},
  staticData: null,
  pinData: null,
  meta: null,
  tags: [{ id: 't', name: 'finance', createdAt: 'x', updatedAt: 'x' }],
  shared: [{ role: 'workflow:owner', projectId: 'p', project: { id: 'p', name: 'Finance', type: 'team' } }],
  activeVersion: {
    versionId: 'v1',
    nodes: [],
    connections: {},
    name: 'release 42',
    createdAt: '2026-01-01T12:00:00.000Z',
  },
};

describe('a workflow', () => {
  it('has its draft and what is published apart', () => {
    expect(toWorkflow(modern)).toEqual({
      id: common.id,
      document: { name: 'Orders', nodes: [node], connections: {}, settings: {} },
      versionId: 'v2',
      published: {
        versionId: 'v1',
        name: 'release 42',
        publishedAt: '2026-01-01T12:00:00.000Z',
        nodes: [],
        connections: {},
      },
      archived: false,
      tags: [{ id: 't', name: 'finance' }],
      project: { id: 'p', name: 'Finance', kind: 'team' },
      createdAt: common.createdAt,
      updatedAt: common.updatedAt,
    });
  });

  it('of a version without published versions runs its draft', () => {
    const { published } = toWorkflow({ ...common, active: true });
    expect(published).toEqual({ versionId: null, name: null, publishedAt: null, nodes: [node], connections: {} });
    expect(toWorkflow({ ...common, active: false }).published).toBeNull();
  });

  it('keeps node fields that nobody here knows', () => {
    const unknown = { ...node, fieldOfTomorrow: { deep: [1] } };
    expect(toWorkflow({ ...common, active: false, nodes: [unknown] }).document.nodes).toEqual([unknown]);
  });

  it('in a shape nobody knows is refused, and the message holds none of its content', () => {
    const hostile = { ...common, active: 'yes', secret: 'sk-live-1234' };
    expect(() => toWorkflow(hostile)).toThrow(ProviderError);
    expect(() => toWorkflow(hostile)).toThrow(/^(?!.*sk-live).*active.*$/);
  });
});

describe('an execution', () => {
  const row = {
    id: 7,
    workflowId: common.id,
    status: 'success',
    mode: 'webhook',
    startedAt: 'a',
    stoppedAt: 'b',
    retryOf: 3,
    finished: true,
  };

  it('has text ids whatever the version gives', () => {
    expect(toExecution(row)).toMatchObject({ id: '7', retryOf: '3', retrySuccessId: null });
  });

  it('with a status of a later version is unknown, not an error', () => {
    expect(toExecution({ ...row, status: 'hibernating' }).status).toBe('unknown');
  });

  it('tells the error of a failed run', () => {
    const data = { resultData: { error: { message: 'Boom', node: { name: 'HTTP' }, stack: '…' } } };
    expect(toExecutionDetail({ ...row, status: 'error', data, workflowData: { name: 'Orders' } })).toMatchObject({
      workflowName: 'Orders',
      error: { message: 'Boom', node: 'HTTP' },
    });
  });
});

it('a page without a cursor is the last one', () => {
  expect(toPage({ data: [1], nextCursor: null })).toEqual({ rows: [1], nextCursor: null });
  expect(toPage({ data: [] })).toEqual({ rows: [], nextCursor: null });
  expect(() => toPage({ items: [] })).toThrow(ProviderError);
});
