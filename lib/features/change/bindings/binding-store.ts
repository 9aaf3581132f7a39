import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Prisma } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { toLineageRef } from '../lineages/store';
import type { Binding, ListBindings } from './schema';
import { listsCredentials } from './store';

const SHOWN = { environment: { select: REF }, lineage: true } as const;
type Row = Prisma.BindingGetPayload<{ include: typeof SHOWN }>;

export async function listBindingRows(db: TenantDb, query: z.output<typeof ListBindings>): Promise<Page<Binding>> {
  const { environmentId, lineageId, kind, expired, reviewed, search } = query;
  const now = new Date();
  const where: Prisma.BindingWhereInput = {
    environmentId,
    lineageId,
    kind,
    requirement: search ? { contains: literally(search), mode: 'insensitive' } : undefined,
    reviewedAt: reviewed === undefined ? undefined : reviewed ? { not: null } : null,
    AND:
      expired === undefined
        ? []
        : [expired ? { expiresAt: { lte: now } } : { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }],
  };
  const rows = await db.binding.findMany({ where, include: SHOWN, ...toSlice(query) });
  return toPage(await toBindings(db, rows), await db.binding.count({ where }), query);
}

export async function getBindingRow(db: TenantDb, id: string): Promise<Row> {
  const row = await db.binding.findUnique({ where: { id }, include: SHOWN });
  if (!row) throw notFound('binding');
  return row;
}

/** The row, held until the end of the transaction: of two that change it from the same version one is told. */
export async function lockBinding(db: TenantDb, id: string): Promise<Row> {
  await db.$queryRaw`SELECT 1 FROM bindings WHERE id = ${id}::uuid FOR UPDATE`;
  return getBindingRow(db, id);
}

export async function describeBinding(db: TenantDb, id: string): Promise<Binding> {
  const [binding] = await toBindings(db, [await getBindingRow(db, id)]);
  return binding!;
}

async function toBindings(db: TenantDb, rows: readonly Row[]): Promise<Binding[]> {
  const isThere = await thingsThere(db, rows);
  const now = new Date();
  return rows.map((row) => ({
    id: row.id,
    environment: toRef(row.environment),
    lineage: row.lineage && toLineageRef(row.lineage),
    kind: row.kind,
    requirement: row.requirement,
    value: row.value as Binding['value'],
    state: row.expiresAt && row.expiresAt <= now ? 'expired' : isThere(row) ? 'in_force' : 'gone',
    owner: row.owner,
    reason: row.reason,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    reviewedBy: row.reviewedBy as Binding['reviewedBy'],
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

/**
 * Whether what a binding names is still in its environment; of data tables and variables nothing is known, and of
 * credentials only where the instance lists them.
 */
async function thingsThere(db: TenantDb, rows: readonly Row[]): Promise<(row: Row) => boolean> {
  const idOf = ({ value }: Row) => (value as { n8nId?: string }).n8nId;
  const n8nIds = rows.flatMap((row) => idOf(row) ?? []);
  const environmentIds = [...new Set(rows.map(({ environmentId }) => environmentId))];
  const where = { environmentId: { in: environmentIds }, n8nId: { in: n8nIds }, presence: 'present' as const };
  const select = { environmentId: true, n8nId: true } as const;
  const credentials = await db.credential.findMany({ where, select });
  const workflows = await db.workflow.findMany({ where, select });
  const environments = await db.environment.findMany({
    where: { id: { in: environmentIds } },
    select: { id: true, capabilities: true },
  });
  const listing = new Set(environments.filter(listsCredentials).map(({ id }) => id));
  const keys = (kind: string, found: { environmentId: string; n8nId: string }[]) =>
    found.map(({ environmentId, n8nId }) => `${kind} ${environmentId} ${n8nId}`);
  const there = new Set([...keys('credential', credentials), ...keys('workflow', workflows)]);
  const isUnknown = ({ kind, environmentId }: Row) =>
    kind === 'data_table' || (kind === 'credential' && !listing.has(environmentId));
  return (row) => !idOf(row) || isUnknown(row) || there.has(`${row.kind} ${row.environmentId} ${idOf(row)}`);
}
