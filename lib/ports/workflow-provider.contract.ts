import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProviderError, type ProviderFailure } from './provider-error';
import type { Capability, ProbeReport } from './provider-probe';
import type { RemoteWorkflow, WorkflowDocument } from './remote-workflow';
import type { ListPage, ProviderConnection, WorkflowProvider } from './workflow-provider';

/** What an implementation brings to be held to the contract. */
export type ProviderHarness = {
  /** Connects to the instance under test, with other particulars where given. */
  connect(other?: Partial<ProviderConnection>): WorkflowProvider;
  /** Calls a registered production webhook once, with POST. */
  trigger(path: string): Promise<void>;
};

/** A workflow that can be published: a webhook, and a node after it. */
export function webhookDocument(name: string, path: string = randomUUID()): WorkflowDocument {
  return {
    name,
    nodes: [
      {
        id: randomUUID(),
        name: 'Receive',
        type: 'n8n-nodes-base.webhook',
        typeVersion: 2,
        position: [0, 0],
        webhookId: randomUUID(),
        parameters: { path, httpMethod: 'POST', options: {} },
      },
      {
        id: randomUUID(),
        name: 'Done',
        type: 'n8n-nodes-base.noOp',
        typeVersion: 1,
        position: [220, 0],
        parameters: {},
      },
    ],
    connections: { Receive: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
  };
}

const withoutTrigger = (document: WorkflowDocument): WorkflowDocument => ({
  ...document,
  nodes: document.nodes.slice(1),
  connections: {},
});

/** The failure of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderFailure> {
  const error = await call.then(
    (value) => expect.unreachable(`answered ${JSON.stringify(value)}`),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ProviderError);
  return (error as ProviderError).failure;
}

export async function eventually<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  let value = await read();
  for (const end = Date.now() + 15_000; !wanted(value) && Date.now() < end; value = await read()) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return value;
}

/** Every implementation of the port, the real n8n included, passes this. */
export function describeWorkflowProvider(name: string, start: () => Promise<ProviderHarness>): void {
  describe(`${name} as a workflow provider`, () => {
    let harness: ProviderHarness;
    let provider: WorkflowProvider;
    let report: ProbeReport;
    const made: string[] = [];

    const can = (capability: Capability) => report.capabilities[capability].works;
    const create = async (document: WorkflowDocument): Promise<RemoteWorkflow> => {
      const { workflow } = await provider.createWorkflow(document);
      made.push(workflow.id);
      return workflow;
    };
    const reread = async (id: string) => (await provider.getWorkflow(id))!;
    const precondition = ({ versionId, updatedAt }: RemoteWorkflow) => ({ versionId, updatedAt });

    beforeAll(async () => {
      harness = await start();
      provider = harness.connect();
      const probe = await provider.probe();
      if (!probe.ok) throw new Error(probe.problem.detail);
      report = probe.report;
    });
    afterAll(async () => {
      for (const id of made) await provider?.deleteWorkflow(id).catch(() => undefined);
    });

    it('a good key is told what works and why the rest does not', () => {
      expect(report.capabilities['workflows.read']).toEqual({ works: true });
      for (const support of Object.values(report.capabilities)) {
        if (!support.works) expect(support.detail).not.toBe('');
      }
    });

    it('a wrong key is told apart from a wrong address', async () => {
      expect(await harness.connect({ apiKey: 'wrong' }).probe()).toMatchObject({
        ok: false,
        problem: { failure: 'key_rejected', field: 'apiKey' },
      });
    });

    it('what was created reads back the same, unpublished', async () => {
      const document = webhookDocument('Created');
      const created = await create(document);
      expect(created).toMatchObject({
        published: null,
        archived: false,
        document: { name: 'Created', nodes: document.nodes, connections: document.connections },
      });
      expect(await reread(created.id)).toEqual(created);
    });

    it('what does not exist is null, and writing to it is not_found', async () => {
      expect(await provider.getWorkflow('doesNotExist0001')).toBeNull();
      expect(await provider.getExecution('999999999')).toBeNull();
      expect(await failureOf(provider.updateWorkflow('doesNotExist0001', webhookDocument('Nothing')))).toBe(
        'not_found',
      );
      expect(await failureOf(provider.publishWorkflow('doesNotExist0001'))).toBe('not_found');
      expect(await provider.deleteWorkflow('doesNotExist0001')).toBe(false);
    });

    it('fields the version does not take are left out and named', async () => {
      const document = webhookDocument('Extra');
      document.nodes[1]!.color = '#fff';
      const outcome = await provider.createWorkflow({
        ...document,
        settings: { executionOrder: 'v1', inventedOption: true },
      });
      made.push(outcome.workflow.id);
      expect(outcome.omitted).toEqual(expect.arrayContaining(['nodes[1].color', 'settings.inventedOption']));
    });

    it('an update is applied when the draft is what the caller saw', async () => {
      const before = await create(webhookDocument('Before'));
      const document = { ...webhookDocument('After'), settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' } };
      const outcome = await provider.updateWorkflow(before.id, document, { expected: precondition(before) });
      expect(outcome.status).toBe('applied');
      expect(await reread(before.id)).toMatchObject({
        document: { name: 'After', nodes: document.nodes, settings: { timezone: 'Europe/Berlin' } },
      });
    });

    it('an update that expects another draft changes nothing', async () => {
      const before = await create(webhookDocument('Contested'));
      await provider.updateWorkflow(before.id, webhookDocument('Theirs'));
      const expected = precondition(before);
      expect(await failureOf(provider.updateWorkflow(before.id, webhookDocument('Ours'), { expected }))).toBe(
        'conflict',
      );
      expect((await reread(before.id)).document.name).toBe('Theirs');
    });

    it('settings that cannot be removed are named', async () => {
      const before = await create({
        ...webhookDocument('Residual'),
        settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' },
      });
      const outcome = await provider.updateWorkflow(before.id, {
        ...before.document,
        settings: { executionOrder: 'v1' },
      });
      const remains = 'timezone' in (await reread(before.id)).document.settings;
      expect(outcome.residual.includes('settings.timezone')).toBe(remains);
    });

    it('publishing puts the draft live, and unpublishing takes it down, twice over', async () => {
      const { id, versionId } = await create(webhookDocument('Live'));
      for (let round = 0; round < 2; round++) {
        expect(await provider.publishWorkflow(id)).toMatchObject({
          status: 'published',
          workflow: { published: { versionId } },
        });
      }
      for (let round = 0; round < 2; round++) {
        expect(await provider.unpublishWorkflow(id)).toMatchObject({
          status: 'unpublished',
          workflow: { published: null },
        });
      }
    });

    it('what cannot be published stays unpublished', async () => {
      const { id } = await create(withoutTrigger(webhookDocument('No trigger')));
      expect(await failureOf(provider.publishWorkflow(id))).toBe('content_rejected');
      expect((await reread(id)).published).toBeNull();
    });

    it('an update of a published workflow follows, or keeps what runs where the version can', async () => {
      const { id } = await create(webhookDocument('Following'));
      const first = (await provider.publishWorkflow(id)).workflow;
      const followed = await provider.updateWorkflow(id, webhookDocument('Followed'));
      expect(followed).toMatchObject({
        status: 'applied',
        workflow: { published: { versionId: followed.workflow.versionId } },
      });
      expect(followed.workflow.versionId).not.toBe(first.versionId);

      const keep = provider.updateWorkflow(id, webhookDocument('Kept'), { published: 'keep' });
      if (!can('workflows.draftOnly')) {
        expect(await failureOf(keep)).toBe('unsupported');
        expect((await reread(id)).document.name).toBe('Followed');
        return;
      }
      expect(await keep).toMatchObject({
        status: 'applied',
        workflow: { published: { versionId: followed.workflow.versionId } },
      });
    });

    it('an update that cannot go live says what became of the running version', async () => {
      const { id, document } = await create(webhookDocument('Breaking'));
      const { workflow: live } = await provider.publishWorkflow(id);
      const outcome = await provider.updateWorkflow(id, withoutTrigger(document));
      const after = await reread(id);
      expect(after.document.nodes).toHaveLength(1);
      const seen =
        after.published === null
          ? 'unpublished'
          : after.published.versionId === live.versionId
            ? 'saved_only'
            : 'published_broken';
      expect(outcome).toMatchObject({ status: seen, problem: { failure: 'content_rejected' } });
    });

    it('an older version can be read and published again where the version keeps them', async () => {
      const created = await create(webhookDocument('History'));
      await provider.publishWorkflow(created.id);
      await provider.updateWorkflow(created.id, webhookDocument('History'));
      const back = provider.publishWorkflow(created.id, { versionId: created.versionId! });
      if (can('workflows.publishVersion'))
        expect(await back).toMatchObject({ workflow: { published: { versionId: created.versionId } } });
      else expect(await failureOf(back)).toBe('unsupported');
      if (can('workflows.history')) {
        const graph = await provider.getWorkflowVersion(created.id, created.versionId!);
        expect(graph?.nodes.map((node) => node.id)).toEqual(created.document.nodes.map((node) => node.id));
      }
    });

    it('archiving works, or is said to be unsupported', async () => {
      const { id } = await create(webhookDocument('Archive'));
      if (!can('workflows.archive')) {
        expect(await failureOf(provider.archiveWorkflow(id))).toBe('unsupported');
        return;
      }
      await provider.publishWorkflow(id);
      expect(await provider.archiveWorkflow(id)).toMatchObject({ archived: true, published: null });
      expect(await provider.unarchiveWorkflow(id)).toMatchObject({ archived: false });
    });

    it('a published workflow is deleted, and deleting it again finds it gone', async () => {
      const { id } = await create(webhookDocument('Doomed'));
      await provider.publishWorkflow(id);
      expect(await provider.deleteWorkflow(id)).toBe(true);
      expect(await provider.getWorkflow(id)).toBeNull();
      expect(await provider.deleteWorkflow(id)).toBe(false);
    });

    it('tags are made once, replaced whole and listed', async () => {
      const { id } = await create(webhookDocument('Tagged'));
      const label = `t-${randomUUID().slice(0, 8)}`;
      const tag = await provider.createTag(label);
      expect(await failureOf(provider.createTag(label))).toBe('conflict');
      expect(await provider.setWorkflowTags(id, [tag.id])).toEqual([tag]);
      expect((await reread(id)).tags).toEqual([tag]);
      expect(await provider.listTags()).toContainEqual(tag);
      expect(await provider.setWorkflowTags(id, [])).toEqual([]);
    });

    it('credentials are listed exactly where the probe said so', async () => {
      expect((await provider.listCredentials()).supported).toBe(can('credentials.list'));
    });

    it('users have an address and a role', async () => {
      const users = await provider.listUsers();
      if (!users.supported) throw new Error(users.detail);
      expect(users.items[0]).toMatchObject({ email: expect.stringContaining('@'), pending: false });
    });

    it('a list gives every workflow once, over as many pages as it takes', async () => {
      for (let n = 0; n < 7; n++) await create(webhookDocument(`Page ${n}`));
      const ids = new Set(made);
      const { items, last } = await readAll(provider.listWorkflows({ pageSize: 3 }));
      const seen = items.map(({ id }) => id);
      expect(new Set(seen).size).toBe(seen.length);
      expect(last).toMatchObject({ complete: true, seen: seen.length });
      for (const id of ids) if ((await provider.getWorkflow(id)) !== null) expect(seen).toContain(id);
    });

    it('rows deleted between pages hide no other row', async () => {
      for (let n = 0; n < 12; n++) await create(webhookDocument(`Shift ${n}`));
      const before = (await readAll(provider.listWorkflows())).items.map(({ id }) => id);
      const doomed = before.filter((id) => made.includes(id)).slice(0, 4);
      const seen = new Set<string>();
      let deleted = false;
      for await (const page of provider.listWorkflows({ pageSize: 5 })) {
        for (const { id } of page.items) seen.add(id);
        if (!deleted) for (const id of doomed) await provider.deleteWorkflow(id);
        deleted = true;
      }
      expect(before.filter((id) => !doomed.includes(id) && !seen.has(id))).toEqual([]);
    });

    it('a webhook is known to be registered without running it, and its run is found afterwards', async () => {
      const path = randomUUID();
      const { id } = await create(webhookDocument('Hook', path));
      expect((await provider.probeWebhook(path)).registered).toBe(false);
      await provider.publishWorkflow(id);
      const probed = await eventually(
        () => provider.probeWebhook(path),
        ({ registered }) => registered === true,
      );
      expect(probed).toEqual({ registered: true, methods: ['POST'] });
      expect((await readAll(provider.listExecutions({ workflowId: id }))).items).toEqual([]);

      await harness.trigger(path);
      const runs = () => readAll(provider.listExecutions({ workflowId: id }));
      const { items } = await eventually(runs, (all) => all.items[0]?.status === 'success');
      expect(items).toMatchObject([{ workflowId: id, status: 'success', mode: 'webhook' }]);
      const detail = await provider.getExecution(items[0]!.id, { includeData: true });
      expect(detail).toMatchObject({ id: items[0]!.id, workflowName: 'Hook', error: null });
      const { last } = await readAll(provider.listExecutions({ afterId: items[0]!.id }));
      expect(last.complete).toBe(true);
    });

    it('a call that was given up rejects with the caller’s reason', async () => {
      const reason = new Error('given up');
      await expect(provider.listTags({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      await expect(
        provider.createWorkflow(webhookDocument('Never'), { signal: AbortSignal.abort(reason) }),
      ).rejects.toBe(reason);
    });
  });
}

async function readAll<T>(pages: AsyncIterable<ListPage<T>>): Promise<{ items: T[]; last: ListPage<T> }> {
  const items: T[] = [];
  let last: ListPage<T> | undefined;
  for await (const page of pages) {
    items.push(...page.items);
    last = page;
  }
  return { items, last: last! };
}
