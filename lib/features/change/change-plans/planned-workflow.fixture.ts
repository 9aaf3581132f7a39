import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { placeholderOf } from './placeholder';
import type { PlannedEnvironment, PlannedWorkflow } from './plan';
import { remoteOf, targetOf } from './target';

const MODERN: PlannedEnvironment['writes'] = {
  serial: false,
  savePublishes: 'optional',
  publishIsAsynchronous: true,
  failedPublish: 'keeps_previous',
  publishCalls: { publish: 'publish', unpublish: 'unpublish' },
  deleteNeedsUnpublish: true,
};
const LEGACY: PlannedEnvironment['writes'] = {
  serial: true,
  savePublishes: 'always',
  publishIsAsynchronous: false,
  failedPublish: 'unpublishes',
  publishCalls: { publish: 'activate', unpublish: 'deactivate' },
  deleteNeedsUnpublish: false,
};
const id = '00000000-0000-7000-8000-000000000001';
const works = { works: true } as const;
const missing = { works: false, why: 'version', detail: 'Not in this version.' } as const;

export const modern: PlannedEnvironment = {
  ...{ id, name: 'Production', writes: MODERN },
  capabilities: { 'workflows.archive': works },
};
export const legacy: PlannedEnvironment = {
  ...{ id, name: 'Production', writes: LEGACY },
  capabilities: { 'workflows.archive': missing },
};

/** A workflow with a webhook that calls others by these ids; `text` is what makes one version differ from another. */
export function callingDocument(name: string, ids: readonly string[] = [], text = 'one'): WorkflowDocument {
  const at = { typeVersion: 1, position: [0, 0] };
  const calls = ids.map((workflowId, index) => ({
    ...{ ...at, id: `c${index}`, name: `Call ${index}`, type: 'n8n-nodes-base.executeWorkflow' },
    parameters: { workflowId },
  }));
  return {
    name,
    nodes: [
      {
        ...{ ...at, id: 'w', name: 'Receive', type: 'n8n-nodes-base.webhook', webhookId: `hook-${name}` },
        parameters: { path: `hook-${name}` },
      },
      { ...at, id: 's', name: 'Set', type: 'n8n-nodes-base.set', parameters: { text } },
      ...calls,
    ],
    connections: { Receive: { main: [[{ node: 'Set', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
  };
}

type Wish = {
  key: string;
  /** Keys of workflows of the plan. */
  calls?: readonly string[];
  /** Null: it is to be made. Else the version that stands there. */
  before?: { text: string; active: boolean; archived?: boolean; tags?: string[] } | null;
  /** Null: it is to go. */
  after?: { text: string; active: boolean; tags?: string[] } | null;
};

/** Planned workflows that refer to each other as the planner's callers write it. */
export function plannedWorkflows(wishes: readonly Wish[]): PlannedWorkflow[] {
  const idOf = (key: string) => (wishes.find((wish) => wish.key === key)?.before ? `id-${key}` : placeholderOf(key));
  return wishes.map(({ key, calls = [], before = null, after = null }) => {
    const document = (text: string) => callingDocument(key, calls.map(idOf), text);
    return {
      ...{ key, lineageId: null, name: key, n8nId: before ? `id-${key}` : null },
      expected: before && targetOf(remoteOf(document(before.text), before)),
      desired: after && { document: document(after.text), active: after.active, tags: after.tags ?? [] },
    };
  });
}
