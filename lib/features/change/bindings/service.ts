import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Workflow } from '@/lib/workflow/model';
import type { DeclaredBinding, Resolution } from './model';
import { resolveReferences } from './resolve';
import { readDeclared, readSide } from './store';

/** Bindings of an environment that are in force now: for all its workflows, and for these lineages. */
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
