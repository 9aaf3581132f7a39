import { sha256 } from '#sha256';
import type { PublishedVersion, RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import { complexityOf } from '@/lib/workflow/analysis/complexity';
import { measureSize } from '@/lib/workflow/analysis/graph-measures';
import { logicDigest } from '@/lib/workflow/digest/digest';
import { partAndShapeDigests } from '@/lib/workflow/digest/shape-digest';
import { runningWorkflow } from '@/lib/workflow/model';
import { type ReadResult, readWorkflow } from '@/lib/workflow/read/read-workflow';
import { type Complexity, type CredentialUse, credentialUses, triggerKinds } from './model';

/** A workflow as the cache keeps it: columns for lists, the JSON apart. */
export type ObservedWorkflow = {
  columns: WorkflowColumns;
  draft: WorkflowDocument;
  /** Only where it is not the draft that runs. */
  published: PublishedVersion | null;
  credentials: CredentialUse[];
};

export type WorkflowColumns = {
  n8nId: string;
  name: string;
  active: boolean;
  archived: boolean;
  tags: string[];
  nodeCount: number;
  triggers: string[];
  complexity: Complexity;
  problems: unknown[];
  logicDigest: string;
  layoutDigest: string;
  settingsDigest: string;
  /** Equal for the same workflow on two instances. */
  shapeDigest: string;
  publishedDigest: string | null;
  unpublishedChanges: boolean;
  /** Told with its description and its pinned data, which a list leaves out. */
  whole: boolean;
  n8nVersionId: string | null;
  n8nActiveVersionId: string | null;
  n8nCreatedAt: string;
  n8nUpdatedAt: string;
};

/** What has to differ before a workflow is looked at again. Everything n8n changes moves one of these. */
export const stampOf = (seen: Omit<StampFields, 'updatedAt'> & { updatedAt: Date | string | null }): string =>
  JSON.stringify([
    seen.updatedAt && new Date(seen.updatedAt).getTime(),
    seen.versionId,
    seen.activeVersionId,
    seen.active,
    seen.archived,
    seen.tags,
  ]);
type StampFields = {
  updatedAt: string | null;
  versionId: string | null;
  activeVersionId: string | null;
  active: boolean;
  archived: boolean;
  tags: readonly string[];
};

export const remoteStamp = (remote: RemoteWorkflow): string =>
  stampOf({
    updatedAt: remote.updatedAt,
    versionId: remote.versionId,
    activeVersionId: remote.published?.versionId ?? null,
    active: remote.published !== null,
    archived: remote.archived,
    tags: tagNames(remote),
  });

const tagNames = ({ tags }: RemoteWorkflow) => tags.map(({ name }) => name).sort();

/** Where what runs is the draft itself, it is not kept twice. */
const publishedApart = ({ published, versionId }: RemoteWorkflow) =>
  published && published.versionId !== null && published.versionId !== versionId ? published : null;

/** n8n's own shape again, which is what `lib/workflow` reads. */
export const toWorkflowJson = (
  draft: object,
  state: { id: string; active: boolean; archived: boolean; tags: readonly string[]; versionId: string | null },
  published: object | null,
) => ({
  ...draft,
  id: state.id,
  active: state.active,
  isArchived: state.archived,
  versionId: state.versionId,
  tags: state.tags.map((name) => ({ name })),
  ...(published ? { activeVersion: published } : {}),
});

const stateOf = (remote: RemoteWorkflow) => ({
  id: remote.id,
  active: remote.published !== null,
  archived: remote.archived,
  tags: tagNames(remote),
  versionId: remote.versionId,
});

/** What an instance answered in normal form: the draft, with what runs beside it where that is something else. */
export const readRemote = (remote: RemoteWorkflow): ReadResult =>
  readWorkflow(toWorkflowJson(remote.document, stateOf(remote), publishedApart(remote)));

/** Reads, digests and measures one workflow. Pure; a workflow that cannot be read still becomes a row. */
export function observe(remote: RemoteWorkflow): ObservedWorkflow {
  const state = stateOf(remote);
  const { workflow, problems } = readRemote(remote);
  const digests = workflow && partAndShapeDigests(workflow);
  const runs = workflow && runningWorkflow(workflow);
  const opaque = digests ? '' : sha256(JSON.stringify(remote.document));
  const measures = workflow && measureSize(workflow);
  const logic = digests?.logic ?? opaque;
  const running = runs && runs !== workflow ? logicDigest(runs) : state.active ? logic : null;
  return {
    draft: remote.document,
    published: publishedApart(remote),
    credentials: workflow ? credentialUses(workflow) : [],
    columns: {
      n8nId: remote.id,
      name: remote.document.name,
      active: state.active,
      archived: state.archived,
      tags: state.tags,
      nodeCount: measures?.nodes ?? remote.document.nodes.length,
      triggers: workflow ? triggerKinds(workflow) : [],
      complexity: measures ? complexityOf(measures).level : 'veryComplex',
      problems: [...problems],
      logicDigest: logic,
      layoutDigest: digests?.layout ?? opaque,
      settingsDigest: digests?.settings ?? opaque,
      shapeDigest: digests?.shape ?? opaque,
      publishedDigest: running,
      unpublishedChanges: running !== null && running !== logic,
      whole: !remote.listed,
      n8nVersionId: remote.versionId,
      n8nActiveVersionId: remote.published?.versionId ?? null,
      n8nCreatedAt: remote.createdAt,
      n8nUpdatedAt: remote.updatedAt,
    },
  };
}
