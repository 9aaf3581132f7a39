import { observe } from '@/lib/features/inventory/workflows/observe';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { Target } from './schema';

/** The state of a workflow as its digests. Pure. `wanted`: whose webhook ids it is to have. */
export function targetOf(remote: RemoteWorkflow, wanted?: WorkflowDocument): Target {
  const { columns } = observe(remote);
  const { document, published } = remote;
  return {
    logic: columns.logicDigest,
    layout: columns.layoutDigest,
    settings: columns.settingsDigest,
    active: columns.active,
    archived: columns.archived,
    tags: columns.tags,
    publishedLogic: columns.publishedDigest,
    ...(wanted && {
      webhookIds: { draft: hasWebhookIds(document, wanted), running: hasWebhookIds(published ?? document, wanted) },
    }),
  };
}

type Listening = { nodes: readonly { name: string; webhookId?: string | null }[] };

/** Addresses are made of them. A node that is to have none may have one: instances give them. */
export function hasWebhookIds({ nodes }: Listening, wanted: Listening): boolean {
  const ids = new Map(nodes.map(({ name, webhookId }) => [name, webhookId]));
  return wanted.nodes.every(({ name, webhookId }) => !webhookId || ids.get(name) === webhookId);
}

export const sameWebhookIds = (a: Listening, b: Listening): boolean => hasWebhookIds(a, b) && hasWebhookIds(b, a);

type State = { active?: boolean; archived?: boolean; tags?: readonly string[] };

/** A document as an instance would tell of it, without being anywhere yet. */
export const remoteOf = (document: WorkflowDocument, { active, archived, tags }: State = {}): RemoteWorkflow => ({
  id: 'none',
  document,
  versionId: null,
  published: active ? { ...graphOf(document), versionId: null, name: null, publishedAt: null } : null,
  archived: archived ?? false,
  tags: [...(tags ?? [])].sort().map((name) => ({ id: name, name })),
  project: null,
  createdAt: '',
  updatedAt: '',
});

export const graphOf = ({ nodes, connections, nodeGroups }: WorkflowDocument) => ({
  nodes,
  connections,
  ...(nodeGroups ? { nodeGroups } : {}),
});

/** What of two states differs, in words; the layout never does. Empty: they are the same. */
export function differences(a: Target | null, b: Target | null): string[] {
  if (!a || !b) return a === b ? [] : ['whether it exists'];
  const differs: [boolean, string][] = [
    [a.logic !== b.logic, 'nodes, connections or behaviour'],
    [a.settings !== b.settings && !sameTags(a, b), 'tags'],
    [a.settings !== b.settings && sameTags(a, b), 'name, description or other settings'],
    [a.active !== b.active, 'whether it is published'],
    [a.active && b.active && a.publishedLogic !== b.publishedLogic, 'the published version'],
    [a.archived !== b.archived, 'whether it is archived'],
    [differInWebhookIds(a, b), 'webhook ids'],
  ];
  return differs.filter(([is]) => is).map(([, words]) => words);
}

export const sameTarget = (a: Target | null, b: Target | null): boolean => differences(a, b).length === 0;

const differInWebhookIds = (a: Target, b: Target): boolean => {
  const [is, was] = [a.webhookIds, b.webhookIds];
  return !!is && !!was && (is.draft !== was.draft || (a.active && b.active && is.running !== was.running));
};

const sameTags = (a: Target, b: Target) => JSON.stringify(a.tags) === JSON.stringify(b.tags);

/** Lists of an instance leave descriptions out: a state that was read from one may be this one all the same. */
export function isInState(remote: RemoteWorkflow | null, expected: Target | null, wanted?: WorkflowDocument): boolean {
  if (!remote || !expected) return remote === expected;
  if (sameTarget(targetOf(remote, wanted), expected)) return true;
  const { description, ...document } = remote.document;
  return description !== undefined && sameTarget(targetOf({ ...remote, document }, wanted), expected);
}
