import { observe } from '@/lib/features/inventory/workflows/observe';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { Target } from './schema';

/** The state of a workflow as its digests. Pure. */
export function targetOf(remote: RemoteWorkflow): Target {
  const { columns } = observe(remote);
  return {
    logic: columns.logicDigest,
    layout: columns.layoutDigest,
    settings: columns.settingsDigest,
    active: columns.active,
    archived: columns.archived,
    tags: columns.tags,
    publishedLogic: columns.publishedDigest,
  };
}

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
  ];
  return differs.filter(([is]) => is).map(([, words]) => words);
}

export const sameTarget = (a: Target | null, b: Target | null): boolean => differences(a, b).length === 0;

const sameTags = (a: Target, b: Target) => JSON.stringify(a.tags) === JSON.stringify(b.tags);

/** Lists of an instance leave descriptions out: a state that was read from one may be this one all the same. */
export function isInState(remote: RemoteWorkflow | null, expected: Target | null): boolean {
  if (!remote || !expected) return remote === expected;
  if (sameTarget(targetOf(remote), expected)) return true;
  const { description, ...document } = remote.document;
  return description !== undefined && sameTarget(targetOf({ ...remote, document }), expected);
}
