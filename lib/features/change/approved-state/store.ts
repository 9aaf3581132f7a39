import { storable } from '@/lib/core/text';
import type { ApprovedWorkflow as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ApprovedProblem } from './model';
import type { ManifestEntry } from './schema';

/** One workflow that an environment should run, as the index has it. */
export type ApprovedEntry = Omit<Row, 'id' | 'tenantId' | 'environmentId'>;

/** Who a commit says it is by; `actor` as in the audit log, null for what was pushed by hand. */
export type ApprovedBy = { name: string; actor: string | null };

/** What is approved for an environment. `commitSha` is the newest commit that touched it. */
export type ApprovedIndex = {
  headSha: string;
  commitSha: string;
  approvedAt: Date;
  message: string;
  by: ApprovedBy;
  problems: ApprovedProblem[];
  entries: ApprovedEntry[];
};

/**
 * As it was when git was last looked at, without asking git; null is an environment without a baseline.
 * `refreshApprovedIndex` asks, and is what every decision stands on.
 */
export async function readApprovedIndex(db: TenantDb, environmentId: string): Promise<ApprovedIndex | null> {
  const found = await db.approvedEnvironment.findFirst({ where: { environmentId } });
  if (!found) return null;
  const rows = await db.approvedWorkflow.findMany({
    where: { environmentId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const { headSha, commitSha, approvedAt, message } = found;
  return {
    headSha,
    commitSha,
    approvedAt,
    message,
    by: found.actor as ApprovedBy,
    problems: found.problems as ApprovedProblem[],
    entries: rows.map(({ id: _id, tenantId: _tenant, environmentId: _environment, ...entry }) => entry),
  };
}

/**
 * Puts what git holds in the place of what was read of it before, at head `seen`. False, and nothing written, when
 * somebody else did so meanwhile. Null for an environment of which git holds nothing any more.
 */
export async function replaceIndex(
  db: TenantDb,
  environmentId: string,
  seen: string | null,
  next: ApprovedIndex | null,
): Promise<boolean> {
  if (!(await claim(db, environmentId, seen, next))) return false;
  const rows = await db.approvedWorkflow.findMany({ where: { environmentId } });
  const before = new Map(rows.map((row) => [row.lineageId, row]));
  const changed = (next?.entries ?? []).filter((entry) => !isSame(before.get(entry.lineageId), entry));
  const standing = new Set(next?.entries.map(({ lineageId }) => lineageId));
  const gone = rows.filter(({ lineageId }) => !standing.has(lineageId)).map(({ lineageId }) => lineageId);
  const replaced = [...gone, ...changed.map(({ lineageId }) => lineageId)];
  if (replaced.length > 0) {
    await db.approvedWorkflow.deleteMany({ where: { environmentId, lineageId: { in: replaced } } });
    await db.approvedWorkflow.createMany({ data: changed.map((entry) => ({ ...entry, environmentId })) });
  }
  return true;
}

async function claim(db: TenantDb, environmentId: string, seen: string | null, next: ApprovedIndex | null) {
  if (!next) {
    const { count } = await db.approvedEnvironment.deleteMany({ where: { environmentId, headSha: seen ?? '' } });
    return count === 1 || seen === null;
  }
  const { entries: _entries, by, ...columns } = next;
  const data = { ...columns, actor: by, message: storable(columns.message) };
  const { count } =
    seen === null
      ? await db.approvedEnvironment.createMany({ data: [{ ...data, environmentId }], skipDuplicates: true })
      : await db.approvedEnvironment.updateMany({ where: { environmentId, headSha: seen }, data });
  return count === 1;
}

const isSame = (row: Row | undefined, entry: ApprovedEntry): boolean =>
  row !== undefined &&
  (Object.keys(entry) as (keyof ApprovedEntry)[]).every((key) => String(row[key]) === String(entry[key]));

/** The manifest's words as columns hold them. */
export const toColumns = ({ name, active, archived, tags, n8nId, digests }: ManifestEntry) => ({
  n8nId,
  name: storable(name),
  active,
  archived,
  tags: tags.map(storable),
  logicDigest: digests.logic,
  layoutDigest: digests.layout,
  settingsDigest: digests.settings,
  stateDigest: digests.state,
  testDataDigest: digests.testData,
});

/** The columns in the manifest's words. */
export const toEntry = (row: ApprovedEntry): ManifestEntry => ({
  lineageId: row.lineageId,
  n8nId: row.n8nId,
  name: row.name,
  active: row.active,
  archived: row.archived,
  tags: row.tags,
  digests: {
    logic: row.logicDigest,
    layout: row.layoutDigest,
    settings: row.settingsDigest,
    state: row.stateDigest,
    testData: row.testDataDigest,
  },
});
