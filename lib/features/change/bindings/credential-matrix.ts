import { REF, toRef } from '@/lib/features/connections/environments/store';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { DeclaredBinding } from './model';
import { requirementKey } from './requirement';
import { type Found, resolveCredential } from './resolve';
import type { CredentialCell, CredentialMatrix } from './schema';
import { readDeclared, readSide } from './store';

type Used = { type: string; name: string; workflows: number };

/** The credentials that a source's workflows use, and how each would be met in every other environment. */
export async function readCredentialMatrix(db: TenantDb, sourceId: string | undefined): Promise<CredentialMatrix> {
  const environments = await db.environment.findMany({
    select: REF,
    orderBy: [{ class: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
  const source = sourceId ? environments.find(({ id }) => id === sourceId) : environments[0];
  if (!source) return { source: null, environments: [], rows: [] };
  const others = environments.filter(({ id }) => id !== source.id);
  const used = await usedCredentials(db, source.id);
  const columns: ((one: Used) => CredentialCell)[] = [];
  for (const { id } of others) {
    const side = await readSide(db, id);
    const declared = await readDeclared(db, id, [], new Date());
    columns.push(({ type, name }) => {
      const requirement = requirementKey('credential', { type, name });
      return toCell(id, requirement, resolveCredential({ type, name }, side, declared), declared);
    });
  }
  return {
    source: toRef(source),
    environments: others.map(toRef),
    rows: used.map((one) => ({
      ...one,
      requirement: requirementKey('credential', one),
      cells: columns.map((cellOf) => cellOf(one)),
    })),
  };
}

function toCell(
  environmentId: string,
  requirement: string,
  found: Found,
  declared: readonly DeclaredBinding[],
): CredentialCell {
  const binding = declared.find((one) => one.kind === 'credential' && one.requirement === requirement);
  const bindingId = binding?.id ?? null;
  if ('why' in found) {
    const how = found.why === 'dynamic' ? 'missing' : found.why;
    return { environmentId, how, thing: null, bindingId, candidates: found.candidates };
  }
  const thing = found.to === 'keep' ? null : { n8nId: found.to.id ?? '', name: found.to.name ?? '' };
  return { environmentId, how: binding ? 'declared' : 'name', thing, bindingId, candidates: [] };
}

/** By the workflows that are there now; the most used first. */
const usedCredentials = (db: TenantDb, environmentId: string): Promise<Used[]> => db.$queryRaw<Used[]>`
  SELECT c.type, c.name, count(DISTINCT u.workflow_id)::int AS workflows
  FROM credential_uses u JOIN credentials c ON c.id = u.credential_id
    JOIN workflows w ON w.id = u.workflow_id AND w.presence = 'present' AND NOT w.archived
  WHERE c.environment_id = ${environmentId}::uuid
  GROUP BY c.type, c.name ORDER BY workflows DESC, c.name, c.type`;
