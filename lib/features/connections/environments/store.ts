import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { blocked, conflict, notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { isRestricted } from '@/lib/kernel/db/database-error';
import type { Environment as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { SealedValue } from '@/lib/ports/vault';
import type { GuardedAction } from './model';
import { axesOf, slugOf } from './observation';
import type { Environment, EnvironmentRef, ListEnvironments } from './schema';

export type EnvironmentRow = Row;
/** The kind of its row in `secrets`, bound into the ciphertext. */
export const SECRET_KIND = 'environment-api-key';
export const REF = { id: true, name: true, slug: true, class: true } as const;

export const toRef = ({ id, name, slug, class: tier }: EnvironmentRef): EnvironmentRef => ({
  id,
  name,
  slug,
  class: tier,
});

export const toEnvironment = (row: Row): Environment => ({
  ...row,
  forbiddenActions: row.forbiddenActions as GuardedAction[],
  axes: axesOf(row, new Date()),
  nextSyncAt: row.nextSyncAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export async function listEnvironmentRows(
  db: TenantDb,
  query: z.output<typeof ListEnvironments>,
): Promise<Page<Environment>> {
  const { search, class: tier, typeKey } = query;
  const contains = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where = { class: tier, typeKey, ...(contains ? { OR: [{ name: contains }, { baseUrl: contains }] } : {}) };
  const { orderBy, ...slice } = toSlice(query);
  const byName = query.sort.endsWith('class')
    ? [orderBy[0]!, { name: 'asc' as const }, { id: 'asc' as const }]
    : orderBy;
  const rows = await db.environment.findMany({ where, orderBy: byName, ...slice });
  return toPage(rows.map(toEnvironment), await db.environment.count({ where }), query);
}

/** All of them, with what the last refresh counted. */
export const countedEnvironments = (db: TenantDb) =>
  db.environment.findMany({ select: { ...REF, workflowCount: true }, orderBy: [{ class: 'asc' }, { name: 'asc' }] });

/** `path`: the field that named it. */
export async function getEnvironmentRow(db: TenantDb, id: string, path?: string): Promise<Row> {
  const row = await db.environment.findUnique({ where: { id } });
  if (!row) throw notFound('environment', path);
  return row;
}

/** A slug that nobody has or had: git still has what belonged to it. The name itself must be new. */
export async function freeSlug(db: TenantDb, name: string): Promise<string> {
  await assertNameFree(db, name);
  const slug = slugOf(name);
  const query = { where: { slug: { startsWith: slug } }, select: { slug: true } } as const;
  const taken = [...(await db.environment.findMany(query)), ...(await db.retiredSlug.findMany(query))];
  const slugs = new Set(taken.map((row) => row.slug));
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? slug : `${slug}-${count}`;
    if (!slugs.has(candidate)) return candidate;
  }
}

export async function assertNameFree(db: TenantDb, name: string, except?: string): Promise<void> {
  const where = {
    name: { equals: literally(name), mode: 'insensitive' as const },
    NOT: except ? { id: except } : undefined,
  };
  if (await db.environment.findFirst({ where, select: { id: true } })) {
    throw conflict(`There is already an environment named ${name}.`, 'name_taken', 'name');
  }
}

/** Puts a sealed key where sealed values stand. `id` is bound into it, so it is the caller's. */
export async function saveSecret(db: TenantDb, id: string, value: SealedValue): Promise<void> {
  await db.secret.create({ data: { id, kind: SECRET_KIND, ...value } });
}

export const newSecretId = (): string => randomUUID();

export async function getSecret(db: TenantDb, id: string) {
  const secret = await db.secret.findUnique({ where: { id } });
  if (!secret) throw notFound('secret');
  return secret;
}

/** A later chapter vetoes by a restricting foreign key or a trigger; here its no gets a name. */
export async function deleteEnvironmentRow(db: TenantDb, { id, secretId, name, slug }: Row): Promise<void> {
  try {
    await db.environment.delete({ where: { id } });
  } catch (error) {
    if (!isRestricted(error)) throw error;
    const remedy = 'Take it out of what uses it first, and let end what is being written to it.';
    throw blocked(`${name} is still in use.`, 'environment_in_use', remedy);
  }
  await db.retiredSlug.create({ data: { slug } });
  await db.secret.deleteMany({ where: { id: secretId } });
}
