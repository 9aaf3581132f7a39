import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Tag as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ListTags, Tag } from './schema';

const WITH_ENVIRONMENT = { environment: { select: REF } } as const;
type Listed = Row & { environment: Parameters<typeof toRef>[0] };

/** How many present workflows carry each; n8n keeps tag names unique within an instance. */
async function withCounts(db: TenantDb, rows: readonly Listed[]): Promise<Tag[]> {
  const ids = rows.map(({ id }) => id);
  const counts = await db.$queryRaw<{ id: string; workflows: number }[]>`
    SELECT tags.id, count(workflows.id)::int AS workflows FROM tags
    LEFT JOIN workflows ON workflows.environment_id = tags.environment_id
      AND workflows.presence = 'present' AND tags.name = ANY(workflows.tags)
    WHERE tags.id = ANY(${ids}::uuid[]) GROUP BY tags.id`;
  const byId = new Map(counts.map((row) => [row.id, row.workflows]));
  return rows.map((row) => ({
    id: row.id,
    environment: toRef(row.environment),
    n8nId: row.n8nId,
    name: row.name,
    workflowCount: byId.get(row.id) ?? 0,
    seenAt: row.seenAt.toISOString(),
  }));
}

export async function listTagRows(db: TenantDb, query: z.output<typeof ListTags>): Promise<Page<Tag>> {
  const { search, environmentId } = query;
  const name = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where = { environmentId, name };
  const rows = await db.tag.findMany({ where, include: WITH_ENVIRONMENT, ...toSlice(query) });
  return toPage(await withCounts(db, rows), await db.tag.count({ where }), query);
}

export async function getTag(db: TenantDb, id: string): Promise<Tag> {
  const row = await db.tag.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  const [tag] = await withCounts(db, row ? [row] : []);
  if (!tag) throw notFound('tag');
  return tag;
}
