import { listsCredentials } from '@/lib/features/change/bindings/store';
import type { EnvironmentRow } from '@/lib/features/connections/environments/store';
import { credentialUses } from '@/lib/features/inventory/workflows/model';
import type { TenantContext } from '@/lib/kernel/context';
import type { Workflow } from '@/lib/workflow/model';
import { missingCredential, unseenCredential } from './problems';
import type { RestoreProblem } from './schema';

/**
 * Credentials that what is restored names and the instance, as last seen, does not have; where it does not list them,
 * those that no workflow there names any more. One for each workflow.
 */
export async function missingCredentials(
  ctx: TenantContext,
  environment: EnvironmentRow,
  restored: readonly { workflow: Workflow; entry: { name: string; archived: boolean } }[],
): Promise<RestoreProblem[]> {
  const uses = restored.flatMap(({ workflow, entry }) =>
    entry.archived ? [] : credentialUses(workflow).map((use) => ({ ...use, workflow: entry.name })),
  );
  const ids = [...new Set(uses.map(({ n8nId }) => n8nId))];
  const where = { environmentId: environment.id, n8nId: { in: ids }, presence: 'present' as const };
  const present = await ctx.tx((db) => db.credential.findMany({ where, select: { n8nId: true } }));
  const there = new Set(present.map(({ n8nId }) => n8nId));
  const missing = uses.filter(({ n8nId }) => !there.has(n8nId));
  const once = new Map(missing.map((use) => [`${use.workflow} ${use.n8nId}`, use]));
  const problem = listsCredentials(environment) ? missingCredential : unseenCredential;
  return [...once.values()].map(({ workflow, name, type }) => problem(workflow, name, type));
}
