import type { z } from 'zod';
import { conflict, invalidField } from '@/lib/core/errors';
import type { DriftPolicy as Row } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { assertVersion } from '@/lib/kernel/version';
import { type Policy, TEMPLATES, type TemplateKey, templateOf } from './model';
import { type DriftPolicy, isOrdered, type UpdateDriftPolicy } from './schema';

/** A tenant without a row has the standard template, at version 0. */
export async function readPolicy(db: TenantDb): Promise<DriftPolicy> {
  const row = await db.driftPolicy.findFirst();
  if (!row) return { ...TEMPLATES.standard.policy, template: 'standard', version: 0, updatedAt: null };
  return toPolicy(row);
}

function toPolicy({ id: _id, tenantId: _tenant, createdAt: _created, updatedAt, template, ...row }: Row): DriftPolicy {
  const lists = {
    incidentsIn: row.incidentsIn as Policy['incidentsIn'],
    approvalFor: row.approvalFor as Policy['approvalFor'],
  };
  return { ...row, ...lists, template: template as TemplateKey | null, updatedAt: updatedAt.toISOString() };
}

export async function updatePolicy(
  db: TenantDb,
  { template, ...given }: z.output<typeof UpdateDriftPolicy>,
  ifMatch: number | null,
): Promise<{ before: DriftPolicy; after: DriftPolicy }> {
  const before = await readPolicy(db);
  assertVersion(before, ifMatch);
  const { template: _was, version, updatedAt: _at, ...standing } = before;
  const policy: Policy = { ...standing, ...(template ? TEMPLATES[template].policy : {}), ...given };
  if (!isOrdered(policy)) {
    throw invalidField(
      'criticalHours',
      'A graver incident cannot have more time than a lesser one.',
      'hours_disordered',
    );
  }
  const data = { ...policy, template: templateOf(policy) };
  if (version === 0) await db.driftPolicy.createMany({ data: [{ ...data, version: 0 }], skipDuplicates: true });
  const [row] = await db.driftPolicy.updateManyAndReturn({
    where: { version },
    data: { ...data, version: version + 1 },
  });
  if (!row) throw conflict('Somebody changed the policy at the same moment. Look again.', 'version_mismatch');
  return { before, after: toPolicy(row) };
}
