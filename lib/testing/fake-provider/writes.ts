import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type {
  Precondition,
  PublishOptions,
  PublishOutcome,
  UpdateOptions,
  WriteOutcome,
} from '@/lib/ports/workflow-provider';
import type { FakeInstance } from './instance';

const NODE_FIELDS = new Set(
  'id name type typeVersion position parameters credentials disabled webhookId notes notesInFlow onError retryOnFail'.split(
    ' ',
  ),
);
const SETTINGS = new Set(
  'executionOrder timezone errorWorkflow callerPolicy callerIds executionTimeout saveManualExecutions'.split(' '),
);

export function mustHave(instance: FakeInstance, id: string): RemoteWorkflow {
  const workflow = instance.workflows.get(id);
  if (!workflow) throw new ProviderError('not_found', 'The workflow does not exist on the instance.');
  return workflow;
}

/** The document without the fields that the fake does not take, and which those are. As n8n, it makes none with a description. */
export function accept(
  { description, ...document }: WorkflowDocument,
  to: 'create' | 'update' = 'update',
): { document: WorkflowDocument; omitted: string[] } {
  const omitted: string[] = to === 'create' && description !== undefined ? ['description'] : [];
  const described = to === 'update' && description !== undefined ? { description } : {};
  const keep = (value: object, known: Set<string>, path: string) =>
    Object.fromEntries(
      Object.entries(value).filter(([key]) => {
        if (!known.has(key)) omitted.push(`${path}.${key}`);
        return known.has(key);
      }),
    );
  const nodes = document.nodes.map((node, index) =>
    keep(node, NODE_FIELDS, `nodes[${index}]`),
  ) as WorkflowDocument['nodes'];
  const settings = keep(document.settings, SETTINGS, 'settings');
  return { document: structuredClone({ ...document, ...described, nodes, settings }), omitted };
}

export function create(instance: FakeInstance, document: WorkflowDocument): WriteOutcome {
  const accepted = accept(document, 'create');
  return { status: 'applied', workflow: instance.seed(accepted.document), omitted: accepted.omitted, residual: [] };
}

const hasTrigger = ({ nodes }: WorkflowDocument) => nodes.some(({ type }) => /trigger|webhook/i.test(type));

const live = (instance: FakeInstance, workflow: RemoteWorkflow): RemoteWorkflow['published'] => ({
  ...structuredClone({ nodes: workflow.document.nodes, connections: workflow.document.connections }),
  versionId: workflow.versionId,
  name: null,
  publishedAt: instance.now(),
});

/** As n8n 2.41: settings are merged, what the document leaves out of description and pinned data stays, a draft that cannot go live is saved and what ran before keeps running. */
export function update(
  instance: FakeInstance,
  id: string,
  document: WorkflowDocument,
  options: UpdateOptions,
): WriteOutcome {
  const before = mustHave(instance, id);
  const { expected, published = 'follow' } = options;
  const stamp = (one: Precondition) => [one.versionId, one.updatedAt, one.published?.versionId];
  if (expected && !isDeepStrictEqual(stamp(expected), stamp(before))) {
    throw new ProviderError('conflict', 'The workflow was changed on the instance since it was read.');
  }
  if (published === 'keep' && before.published) instance.require('workflows.draftOnly');
  const accepted = accept(document);
  const settings = { ...before.document.settings, ...accepted.document.settings };
  const residual = Object.keys(before.document.settings).filter((key) => !(key in accepted.document.settings));
  const { description, pinData } = before.document;
  const kept = { ...(description === undefined ? {} : { description }), ...(pinData ? { pinData } : {}) };
  const same = isDeepStrictEqual(
    [before.document.nodes, before.document.connections],
    [accepted.document.nodes, accepted.document.connections],
  );
  const draft: RemoteWorkflow = {
    ...before,
    document: { ...kept, ...accepted.document, settings },
    versionId: same ? before.versionId : randomUUID(),
    updatedAt: instance.now(),
  };
  const follows = draft.published !== null && published === 'follow';
  if (follows && hasTrigger(draft.document)) draft.published = live(instance, draft);
  const outcome = {
    workflow: instance.save(draft),
    omitted: accepted.omitted,
    residual: residual.map((key) => `settings.${key}`),
  };
  if (!follows || hasTrigger(draft.document)) return { status: 'applied', ...outcome };
  return {
    status: 'saved_only',
    ...outcome,
    problem: { failure: 'content_rejected', detail: 'The workflow has no trigger.' },
  };
}

export function publish(instance: FakeInstance, id: string, { versionId, draft }: PublishOptions): PublishOutcome {
  const workflow = mustHave(instance, id);
  if (draft && draft !== workflow.versionId)
    throw new ProviderError('conflict', 'The workflow was changed on the instance since it was read.');
  if (!hasTrigger(workflow.document)) throw new ProviderError('content_rejected', 'The workflow has no trigger.');
  const older = versionId && versionId !== workflow.versionId;
  if (older) instance.require('workflows.publishVersion');
  const graph = older ? instance.history.get(`${id}/${versionId}`) : workflow.document;
  if (!graph) throw new ProviderError('not_found', 'The instance does not keep this version.');
  const published = {
    ...live(instance, workflow)!,
    nodes: graph.nodes,
    connections: graph.connections,
    versionId: versionId ?? workflow.versionId,
  };
  return { status: 'published', workflow: instance.save({ ...workflow, published }), triggers: 'settled' };
}

export function unpublish(instance: FakeInstance, id: string): PublishOutcome {
  const workflow = instance.save({ ...mustHave(instance, id), published: null });
  return { status: 'unpublished', workflow, triggers: 'settled' };
}
