import type { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { type Page, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { Credential as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Credential, CredentialDetail, ListCredentials } from './schema';

const WITH_ENVIRONMENT = { environment: { select: REF } } as const;
type Listed = Row & { environment: Parameters<typeof toRef>[0] };

const toCredential = (row: Listed, workflowCount: number): Credential => ({
  id: row.id,
  environment: toRef(row.environment),
  n8nId: row.n8nId,
  name: row.name,
  type: row.type,
  source: row.source as Credential['source'],
  presence: row.presence,
  workflowCount,
  n8nCreatedAt: row.n8nCreatedAt?.toISOString() ?? null,
  n8nUpdatedAt: row.n8nUpdatedAt?.toISOString() ?? null,
  seenAt: row.seenAt.toISOString(),
});

export async function listCredentialRows(
  db: TenantDb,
  query: z.output<typeof ListCredentials>,
): Promise<Page<Credential>> {
  const { search, environmentId, type, presence } = query;
  const name = search ? { contains: literally(search), mode: 'insensitive' as const } : undefined;
  const where = { environmentId, type, presence, name };
  const rows = await db.credential.findMany({ where, include: WITH_ENVIRONMENT, ...toSlice(query) });
  const counts = await countWorkflows(
    db,
    rows.map(({ id }) => id),
  );
  const items = rows.map((row) => toCredential(row, counts.get(row.id) ?? 0));
  return toPage(items, await db.credential.count({ where }), query);
}

/** A workflow counts once, however many of its nodes use the credential. */
async function countWorkflows(db: TenantDb, credentialIds: string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ credential_id: string; workflows: number }[]>`
    SELECT credential_id, count(DISTINCT workflow_id)::int AS workflows FROM credential_uses
    WHERE credential_id = ANY(${credentialIds}::uuid[]) GROUP BY credential_id`;
  return new Map(rows.map((row) => [row.credential_id, row.workflows]));
}

export async function getCredentialDetail(db: TenantDb, id: string): Promise<z.infer<typeof CredentialDetail>> {
  const row = await db.credential.findUnique({ where: { id }, include: WITH_ENVIRONMENT });
  if (!row) throw notFound('credential');
  const uses = await db.credentialUse.findMany({
    where: { credentialId: id },
    include: { workflow: { select: { id: true, name: true, active: true, presence: true } } },
    orderBy: { nodeName: 'asc' },
  });
  const usedBy = [...Map.groupBy(uses, ({ workflowId }) => workflowId).values()]
    .map((those) => {
      const { id: workflowId, ...workflow } = those[0]!.workflow;
      return { workflowId, ...workflow, nodes: those.map(({ nodeName }) => nodeName) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  return { ...toCredential(row, usedBy.length), usedBy };
}
