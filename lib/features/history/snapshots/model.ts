import type { ManifestEntry } from '@/lib/features/change/approved-state/schema';
import { slugOf } from '@/lib/features/connections/environments/observation';
import { runningWorkflow, type Workflow } from '@/lib/workflow/model';

/**
 * Why a moment was kept. `saved`, `adopted`, `promotion`, `kept`: what was approved then; `pre_*`: what ran before
 * something was written; `manual`: what ran when somebody asked.
 */
export const SNAPSHOT_KINDS = [
  'manual',
  'saved',
  'adopted',
  'promotion',
  'kept',
  'restore',
  'rollback',
  'revert',
  'pre_promotion',
  'pre_restore',
  'pre_rollback',
  'pre_revert',
] as const;
export type SnapshotKind = (typeof SNAPSHOT_KINDS)[number];

/** Where what ran is kept: on `main` stands what is approved, and looking at an environment approves nothing. */
export const SNAPSHOT_BRANCH = 'snapshots';

/** What a snapshot has of one workflow, as far as two of them are compared; null digests are not known. */
export type SnapshotEntry = Omit<ManifestEntry, 'digests'> & {
  digests: Omit<ManifestEntry['digests'], 'state' | 'testData'> & { state: string | null; testData: string | null };
};
export type EntriesByFile = ReadonlyMap<string, SnapshotEntry>;
/** One workflow in two snapshots; undefined where it was not. */
export type EntryPair = { before?: Filed; after?: Filed };
type Filed = { file: string; entry: SnapshotEntry };

export type SnapshotPart = 'logic' | 'settings' | 'state' | 'testData' | 'layout';
export const SNAPSHOT_PARTS: readonly SnapshotPart[] = ['logic', 'settings', 'state', 'testData', 'layout'];
export type SnapshotChange = 'added' | 'modified' | 'removed';

/** Which workflow is which: the same lineage, or else the same id on the instance. By name. */
export function pairEntries(before: EntriesByFile, after: EntriesByFile): EntryPair[] {
  const olds = [...before].map(([file, entry]) => ({ file, entry }));
  const byLineage = new Map(olds.map((old) => [old.entry.lineageId, old]));
  const byId = new Map(olds.map((old) => [old.entry.n8nId, old]));
  const left = new Set(olds);
  const take = (old: Filed | undefined) => (old && left.delete(old) ? old : undefined);
  const news = [...after].map(([file, entry]): EntryPair => ({ after: { file, entry } }));
  // All lineages first: an id that moved to another lineage must not take its old partner away.
  for (const pair of news) {
    const { lineageId } = pair.after!.entry;
    if (lineageId) pair.before = take(byLineage.get(lineageId));
  }
  for (const pair of news) {
    const { n8nId } = pair.after!.entry;
    if (!pair.before && n8nId) pair.before = take(byId.get(n8nId));
  }
  const pairs = [...news, ...[...left].map((old): EntryPair => ({ before: old }))];
  return pairs.sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

export const nameOf = ({ before, after }: EntryPair): string => (after ?? before)!.entry.name;

/** Null for a workflow that is the same in both. */
export function changeOf(pair: EntryPair): SnapshotChange | null {
  if (!pair.before) return 'added';
  if (!pair.after) return 'removed';
  return changedParts(pair).length > 0 ? 'modified' : null;
}

/** What differs between two versions; empty for one that is only in one of them. */
export function changedParts({ before, after }: EntryPair): SnapshotPart[] {
  if (!before || !after) return [];
  const [a, b] = [before.entry, after.entry];
  return SNAPSHOT_PARTS.filter((part) => {
    if (part === 'state' && (a.active !== b.active || a.archived !== b.archived)) return true;
    const [was, is] = [a.digests[part], b.digests[part]];
    return was !== null && is !== null && was !== is;
  });
}

export type ChangeCounts = Record<SnapshotChange, number>;
export const countChanges = (changes: readonly SnapshotChange[]): ChangeCounts => ({
  added: changes.filter((one) => one === 'added').length,
  modified: changes.filter((one) => one === 'modified').length,
  removed: changes.filter((one) => one === 'removed').length,
});

/** What counts as the workflow: in dev what is being worked on, elsewhere what runs (the draft where nothing does). */
export const versionFor = (tier: 'dev' | 'staging' | 'production', workflow: Workflow): Workflow =>
  tier === 'dev' ? workflow : (runningWorkflow(workflow) ?? workflow);

/** What a workflow without a lineage is filed under: its own id here. */
export const ownIdentity = ({ id, name }: { id: string; name: string }) => ({ id, slug: slugOf(name, 'workflow') });
