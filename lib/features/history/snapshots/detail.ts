import { notFound } from '@/lib/core/errors';
import { readManifestAt, readWorkflowsAt } from '@/lib/features/change/approved-state/reading';
import type { ManifestEntry } from '@/lib/features/change/approved-state/schema';
import { storeContext } from '@/lib/features/change/approved-state/store-context';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import { canonicalDocument } from '@/lib/workflow/canonical/document';
import type { JsonObject, Workflow } from '@/lib/workflow/model';
import { possibilityOf } from './permission';
import type { SnapshotDetail } from './schema';
import { getSnapshotRow, type RecordedChange, toSnapshot, type WholeSnapshotRow } from './store';

/** A snapshot with what its commit holds: `entries` by file name. */
export type OpenSnapshot = { row: WholeSnapshotRow; entries: Map<string, ManifestEntry> };

/** Throws `not_found`, also for a commit that the store does not have (any more). */
export async function openSnapshot(ctx: TenantContext, id: string, path?: string): Promise<OpenSnapshot> {
  const row = await ctx.tx((db) => getSnapshotRow(db, id, path));
  const manifest = await readManifestAt(storeContext(ctx), row.environment.slug, row.commitSha);
  return { row, entries: new Map(Object.entries(manifest?.workflows ?? {})) };
}

export async function getSnapshotDetail(ctx: TenantContext, id: string): Promise<SnapshotDetail> {
  const { row, entries } = await openSnapshot(ctx, id);
  const environment = await ctx.tx((db) => getEnvironmentRow(db, row.environmentId));
  const { changes, ...rest } = row;
  const recorded = changes as RecordedChange[];
  const changeOf = ({ lineageId, n8nId }: ManifestEntry) => {
    const found = recorded.find((one) => one.lineageId === lineageId && one.n8nId === n8nId)?.change;
    return found === 'removed' ? null : (found ?? null);
  };
  return {
    ...toSnapshot(rest),
    workflows: [...entries]
      .map(([file, entry]) => ({ ...faceOf(file, entry), change: changeOf(entry) }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    removed: recorded.filter(({ change }) => change === 'removed'),
    restore: possibilityOf(ctx.principal, environment, 'restore'),
  };
}

const faceOf = (file: string, { lineageId, n8nId, name, active, archived, tags }: ManifestEntry) => ({
  file,
  lineageId,
  n8nId,
  name,
  active,
  archived,
  tags,
});

/** One workflow of a snapshot. */
export async function getSnapshotWorkflowDetail(ctx: TenantContext, id: string, file: string) {
  const { row, entries } = await openSnapshot(ctx, id);
  const entry = entries.get(file);
  const read = entry && (await readWorkflowsAt(storeContext(ctx), row.environment.slug, row.commitSha, [file]));
  const workflow = read?.get(file);
  if (!entry || !workflow) throw notFound('workflow in this snapshot');
  return { ...faceOf(file, entry), workflow: toJson(workflow) };
}

/** A workflow in n8n's own shape. Through JSON once: what is absent is left out. */
export const toJson = (workflow: Workflow) => JSON.parse(JSON.stringify(canonicalDocument(workflow))) as Json;
type Json = Record<string, never> & JsonObject;
