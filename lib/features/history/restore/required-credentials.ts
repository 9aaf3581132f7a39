import { credentialUses } from '@/lib/features/inventory/workflows/model';
import type { TenantContext } from '@/lib/kernel/context';
import type { Workflow } from '@/lib/workflow/model';
import { missingCredential } from './problems';
import type { RestoreProblem } from './schema';

/** Credentials that what is restored names and the instance, as last seen, does not have. One for each workflow. */
export async function missingCredentials(
  ctx: TenantContext,
  environmentId: string,
  restored: readonly { workflow: Workflow; entry: { name: string; archived: boolean } }[],
): Promise<RestoreProblem[]> {
  const uses = restored.flatMap(({ workflow, entry }) =>
    entry.archived ? [] : credentialUses(workflow).map((use) => ({ ...use, workflow: entry.name })),
  );
  const ids = [...new Set(uses.map(({ n8nId }) => n8nId))];
  const where = { environmentId, n8nId: { in: ids }, presence: 'present' as const };
  const present = await ctx.tx((db) => db.credential.findMany({ where, select: { n8nId: true } }));
  const there = new Set(present.map(({ n8nId }) => n8nId));
  const missing = uses.filter(({ n8nId }) => !there.has(n8nId));
  const once = new Map(missing.map((use) => [`${use.workflow} ${use.n8nId}`, use]));
  return [...once.values()].map(({ workflow, name, type }) => missingCredential(workflow, name, type));
}
