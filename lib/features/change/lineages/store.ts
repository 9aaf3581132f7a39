import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { Lineage as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Lineage, LineageRef, ListLineages } from './schema';
import { freeSlugs, lineageSlug } from './slug';

export const toLineageRef = ({ id, slug, name }: LineageRef): LineageRef => ({ id, slug, name });

const WITH_PLACES = { _count: { select: { links: true } } } as const;

export const toLineage = (row: Row & { _count: { links: number } }): Lineage => ({
  ...toLineageRef(row),
  environments: row._count.links,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export async function listLineageRows(db: TenantDb, query: z.output<typeof ListLineages>): Promise<Page<Lineage>> {
  const { environmentId, search } = query;
  const name = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where = { name, links: environmentId ? { some: { environmentId } } : undefined };
  const rows = await db.lineage.findMany({ where, include: WITH_PLACES, ...toSlice(query) });
  return toPage(rows.map(toLineage), await db.lineage.count({ where }), query);
}

/** `path`: the field that named it. */
export async function getLineageRow(db: TenantDb, id: string, path?: string) {
  const row = await db.lineage.findUnique({ where: { id }, include: WITH_PLACES });
  if (!row) throw notFound('lineage', path);
  return row;
}

/** The row, held until the end of the transaction: of two that change it from the same version one is told. */
export async function lockLineage(db: TenantDb, id: string) {
  await db.$queryRaw`SELECT 1 FROM lineages WHERE id = ${id}::uuid FOR UPDATE`;
  return getLineageRow(db, id);
}

/** Until the transaction ends nobody else links in this tenant: places and slugs that are looked up stay free. */
export async function holdLinks(db: TenantDb): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(current_setting('app.tenant') || 'lineages', 0))`;
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
