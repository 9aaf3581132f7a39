import { notFound } from '@/lib/core/errors';
import type { Lineage as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { freeSlugs, lineageSlug } from './slug';

export type LineageRow = Row;

/** Until the transaction ends nobody else links in this tenant: places and slugs that are looked up stay free. */
export async function holdLinks(db: TenantDb): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(current_setting('app.tenant') || 'lineages', 0))`;
}

export async function getLineageRow(db: TenantDb, id: string): Promise<Row> {
  const row = await db.lineage.findUnique({ where: { id } });
  if (!row) throw notFound('lineage');
  return row;
}

/** One new lineage for each name, in their order. Takes `holdLinks`. */
export async function createLineages(db: TenantDb, names: readonly string[]): Promise<Row[]> {
  if (names.length === 0) return [];
  const wanted = [...new Set(names.map(lineageSlug))];
  const taken = await db.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM lineages WHERE slug = ANY (${wanted}) OR regexp_replace(slug, '-[0-9]+$', '') = ANY (${wanted})`;
  const slugs = freeSlugs(names, new Set(taken.map(({ slug }) => slug)));
  const rows = await db.lineage.createManyAndReturn({ data: names.map((name, at) => ({ name, slug: slugs[at]! })) });
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  return slugs.map((slug) => bySlug.get(slug)!);
}
