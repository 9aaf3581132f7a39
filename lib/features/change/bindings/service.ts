import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Workflow } from '@/lib/workflow/model';
import type { BindingValue, DeclaredBinding, Resolution } from './model';
import type { BindingKind } from './requirement';
import { resolveReferences } from './resolve';
import { readDeclared, readSide } from './store';

/** Bindings of an environment, for all its workflows and for these lineages; those that have run out are marked. */
export function bindingsFor(
  db: TenantDb,
  { environmentId, lineageIds }: { environmentId: string; lineageIds: readonly string[] },
): Promise<DeclaredBinding[]> {
  return readDeclared(db, environmentId, lineageIds, new Date());
}

export type ResolveInput = {
  sourceEnvironmentId: string;
  targetEnvironmentId: string;
  /** What is to be written to the target, as it stands in the source. Its own new workflows resolve to placeholders. */
  workflows: readonly { lineageId: string; workflow: Workflow }[];
};

/** What each workflow's references are in the target, by lineage. Nothing is written; nothing is guessed. */
export async function resolveBindings(db: TenantDb, input: ResolveInput): Promise<Map<string, Resolution>> {
  const { sourceEnvironmentId, targetEnvironmentId, workflows } = input;
  const lineageIds = workflows.map(({ lineageId }) => lineageId);
  const source = await readSide(db, sourceEnvironmentId);
  const target = await readSide(db, targetEnvironmentId);
  const declared = await bindingsFor(db, { environmentId: targetEnvironmentId, lineageIds });
  return resolveReferences({ source, target, declared, workflows });
}

export type Choice = {
  environmentId: string;
  lineageId?: string | null;
  kind: BindingKind;
  requirement: string;
  value: BindingValue;
  owner: string;
  reason: string;
  expiresAt?: Date | null;
};

/** Keeps what somebody chose while they looked at it, so it counts as reviewed; a choice made before is replaced. */
export async function saveBindings(db: TenantDb, choices: readonly Choice[], actor: Actor): Promise<void> {
  const records = JSON.stringify(choices.map((choice) => ({ lineageId: null, expiresAt: null, ...choice })));
  await db.$executeRaw`
    INSERT INTO bindings (id, environment_id, lineage_id, kind, requirement, value, owner, reason, expires_at,
      reviewed_at, reviewed_by, updated_at)
    SELECT gen_random_uuid(), "environmentId", "lineageId", kind, requirement, value, owner, reason, "expiresAt", now(),
      ${JSON.stringify(actor)}::jsonb, now()
    FROM jsonb_to_recordset(${records}::jsonb) AS chosen("environmentId" uuid, "lineageId" uuid, kind binding_kind,
      requirement text, value jsonb, owner text, reason text, "expiresAt" timestamptz)
    ON CONFLICT (tenant_id, environment_id, kind, requirement, lineage_id) DO UPDATE SET value = excluded.value,
      owner = excluded.owner, reason = excluded.reason, expires_at = excluded.expires_at,
      reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by, updated_at = now(),
      version = bindings.version + 1`;
}
