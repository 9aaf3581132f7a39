import type { RemoteWorkflow, WorkflowDocument, WorkflowGraph } from '@/lib/ports/remote-workflow';
import { SETTING_DEFAULTS } from '@/lib/workflow/model';
import { graphOf, remoteOf } from '../change-plans/target';

/** One write, told completely. Documents are what the instance takes: nothing of them will be left out. */
export type Write =
  | { action: 'create'; document: WorkflowDocument }
  | { action: 'update'; document: WorkflowDocument; published: 'keep' | 'follow' }
  | { action: 'tags'; tags: string[] }
  /** Of the draft, or of an older version. */
  | { action: 'publish'; older?: WorkflowGraph & { versionId: string } }
  | { action: 'unpublish' | 'archive' | 'unarchive' | 'delete' };

/** No version of an instance is called so: what is predicted is not the version that was there. */
const NEXT_VERSION = 'n8nops-next';

/** What a write leads to when nobody interferes. Pure; the one place that knows how n8n saves. */
export function predict(now: RemoteWorkflow | null, write: Write): RemoteWorkflow | null {
  if (write.action === 'create') return remoteOf(write.document);
  if (!now || write.action === 'delete') return null;
  switch (write.action) {
    case 'update':
      return save(now, write.document, write.published);
    case 'tags':
      return { ...now, tags: write.tags.toSorted().map((name) => ({ id: name, name })) };
    case 'publish':
      return { ...now, published: { versionId: now.versionId, ...(write.older ?? graphOf(now.document)), ...UNKNOWN } };
    case 'unpublish':
      return { ...now, published: null };
    case 'archive':
      return { ...now, archived: true, published: null };
    case 'unarchive':
      return { ...now, archived: false };
  }
}

const UNKNOWN = { name: null, publishedAt: null };

/** n8n merges settings, and leaves alone what the document does not name. */
function save(now: RemoteWorkflow, document: WorkflowDocument, published: 'keep' | 'follow'): RemoteWorkflow {
  const saved = { ...now.document, ...document, settings: { ...now.document.settings, ...document.settings } };
  if (!document.nodeGroups) delete saved.nodeGroups;
  const follows = now.published && published === 'follow';
  return {
    ...now,
    document: saved,
    versionId: NEXT_VERSION,
    published: follows ? { ...graphOf(document), versionId: NEXT_VERSION, ...UNKNOWN } : now.published,
  };
}

/** The settings to send so that those the document does not have are gone afterwards, as far as n8n can be told. */
export function settingsOver(settings: Record<string, unknown>, now: RemoteWorkflow | null): Record<string, unknown> {
  const surplus = Object.keys(now?.document.settings ?? {}).filter((key) => !(key in settings));
  const reset = surplus.filter((key) => Object.hasOwn(SETTING_DEFAULTS, key));
  return { ...settings, ...Object.fromEntries(reset.map((key) => [key, SETTING_DEFAULTS[key]])) };
}
