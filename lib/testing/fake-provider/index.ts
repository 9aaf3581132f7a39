import { randomUUID } from 'node:crypto';
import { ProviderError } from '@/lib/ports/provider-error';
import { CAPABILITIES, type Probe } from '@/lib/ports/provider-probe';
import type { RemoteExecution, RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { Call, ExecutionQuery, ListPage, ProviderKind, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { FakeInstance, type Method } from './instance';
import { accept, create, mustHave, publish, unpublish, update } from './writes';

export { FakeInstance } from './instance';

/** A kind of provider whose instances live in memory; an address without one is unreachable. */
export function fakeProvider(...instances: FakeInstance[]): ProviderKind {
  return {
    type: 'fake',
    name: 'Fake',
    description: 'For tests.',
    connection: [],
    capabilities: CAPABILITIES,
    connect({ baseUrl, apiKey }) {
      const instance = instances.find((one) => one.baseUrl === baseUrl);
      return connectFake(instance ?? unreachable(baseUrl), apiKey);
    },
  };
}

function unreachable(baseUrl: string): FakeInstance {
  const nowhere = new FakeInstance({ baseUrl });
  nowhere.enter = () => {
    throw new ProviderError('unreachable', 'Nothing could be reached at this address.');
  };
  return nowhere;
}

export function connectFake(instance: FakeInstance, apiKey: string = instance.apiKey): WorkflowProvider {
  /** A call: through the instance's gate, then an answer that shares nothing with what the instance holds. */
  const call = async <T>(method: Method, { signal }: Call = {}, answer: () => T): Promise<T> => {
    instance.enter(method, apiKey, signal);
    return structuredClone(answer());
  };
  const write = <T>(method: Method, options: Call = {}, answer: () => T): Promise<T> =>
    call(method, options, () => {
      options.beforeWrite?.();
      return answer();
    });
  const changed = (id: string, change: Partial<RemoteWorkflow>) =>
    instance.save({ ...mustHave(instance, id), ...change, updatedAt: instance.now() });

  return {
    probe: (options) => probe(instance, apiKey, options),
    listWorkflows: (options = {}) => list(instance, apiKey, options),
    getWorkflow: (id, options) => call('getWorkflow', options, () => instance.workflows.get(id) ?? null),
    getWorkflowVersion: (id, version, options) =>
      call('getWorkflowVersion', options, () => instance.history.get(`${id}/${version}`) ?? null),
    fitWorkflow: (document, options) => call('fitWorkflow', options, () => accept(document, options?.to)),
    createWorkflow: (document, options) => write('createWorkflow', options, () => create(instance, document)),
    updateWorkflow: (id, document, options = {}) =>
      write('updateWorkflow', options, () => update(instance, id, document, options)),
    deleteWorkflow: (id, options) => write('deleteWorkflow', options, () => instance.workflows.delete(id)),
    archiveWorkflow: (id, options) =>
      write('archiveWorkflow', options, () => {
        instance.require('workflows.archive');
        return changed(id, { archived: true, published: null });
      }),
    unarchiveWorkflow: (id, options) => write('unarchiveWorkflow', options, () => changed(id, { archived: false })),
    publishWorkflow: (id, options = {}) => write('publishWorkflow', options, () => publish(instance, id, options)),
    unpublishWorkflow: (id, options) => write('unpublishWorkflow', options, () => unpublish(instance, id)),
    setWorkflowTags: (id, tagIds, options) =>
      write(
        'setWorkflowTags',
        options,
        () => changed(id, { tags: instance.tags.filter((tag) => tagIds.includes(tag.id)) }).tags,
      ),
    listTags: (options) => call('listTags', options, () => instance.tags),
    createTag: (name, options) => write('createTag', options, () => createTag(instance, name)),
    listCredentials: (options) =>
      call('listCredentials', options, () =>
        instance.supports('credentials.list')
          ? { supported: true as const, items: instance.credentials }
          : { supported: false as const, detail: 'This fake instance is without it.' },
      ),
    listUsers: (options) => call('listUsers', options, () => ({ supported: true as const, items: instance.users })),
    listExecutions: (query = {}) => executions(instance, apiKey, query),
    getExecution: (id, options) =>
      call('getExecution', options, () => instance.executions.find((one) => one.id === id) ?? null),
    probeWebhook: (path, options) =>
      call('probeWebhook', options, () => {
        const registered = webhookAt(instance, path) !== undefined;
        return { registered, methods: registered ? ['POST'] : [] };
      }),
  };
}

/** The workflow whose published version answers at this path. */
export const webhookAt = (instance: FakeInstance, path: string): RemoteWorkflow | undefined =>
  [...instance.workflows.values()].find(({ published }) =>
    published?.nodes.some(({ parameters }) => (parameters as { path?: unknown } | undefined)?.path === path),
  );

async function probe(instance: FakeInstance, apiKey: string, { signal }: Call = {}): Promise<Probe> {
  try {
    instance.enter('probe', apiKey, signal);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const field = error.failure === 'key_rejected' ? 'apiKey' : 'baseUrl';
    return { ok: false, problem: { failure: error.failure, field, detail: error.message } };
  }
  return {
    ok: true,
    report: {
      version: { exact: '2.41.1', atLeast: '2.41.1', below: null },
      key: { scopes: null, expiresAt: null },
      capabilities: instance.capabilities(),
      writes: {
        serial: false,
        savePublishes: instance.supports('workflows.draftOnly') ? 'optional' : 'always',
        publishIsAsynchronous: false,
        failedPublish: 'keeps_previous',
        publishCalls: { publish: 'publish', unpublish: 'unpublish' },
        deleteNeedsUnpublish: false,
      },
      checkedAt: new Date().toISOString(),
    },
  };
}

function createTag(instance: FakeInstance, name: string) {
  if (instance.tags.some((tag) => tag.name === name))
    throw new ProviderError('conflict', 'There is a tag of this name.');
  const tag = { id: randomUUID(), name };
  instance.tags.push(tag);
  return tag;
}

/** As n8n's lists: without description and pinned data. */
function toRow({ document, ...workflow }: RemoteWorkflow): RemoteWorkflow {
  const { description: _description, pinData: _pinData, ...told } = document;
  return { ...workflow, document: told, listed: true };
}

/** Pages over what is there when each is asked for, in id order, after the last id given. */
async function* list(
  instance: FakeInstance,
  apiKey: string,
  options: Call & { pageSize?: number },
): AsyncGenerator<ListPage<RemoteWorkflow>> {
  const pageSize = options.pageSize ?? 250;
  let [last, seen, requests] = ['', 0, 0];
  for (;;) {
    instance.enter('listWorkflows', apiKey, options.signal);
    const rest = [...instance.workflows.values()].filter(({ id }) => id > last).sort((a, b) => (a.id < b.id ? -1 : 1));
    const items = structuredClone(rest.slice(0, pageSize)).map(toRow);
    seen += items.length;
    requests++;
    const complete = rest.length <= pageSize;
    yield { items, seen, requests, ...(complete ? { complete } : {}) };
    if (complete) return;
    last = items.at(-1)!.id;
  }
}

/** n8n's newest page comes whole, whatever is asked after. */
const EXECUTION_PAGE = 100;

async function* executions(
  instance: FakeInstance,
  apiKey: string,
  query: ExecutionQuery,
): AsyncGenerator<ListPage<RemoteExecution>> {
  instance.enter('listExecutions', apiKey, query.signal);
  const { workflowId, afterId = '0', maxItems = Number.POSITIVE_INFINITY } = query;
  const all = instance.executions
    .filter((one) => !workflowId || one.workflowId === workflowId)
    .filter((one, place) => place < EXECUTION_PAGE || Number(one.id) > Number(afterId));
  const items = all
    .slice(0, maxItems)
    .map(({ workflowName: _name, workflowVersionId: _version, error: _error, data: _data, ...rest }) => rest);
  yield { items, seen: items.length, requests: 1, complete: items.length === all.length };
}
