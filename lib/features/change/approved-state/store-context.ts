import type { TenantContext } from '@/lib/kernel/context';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { Author } from '@/lib/ports/commit-message';
import type { SnapshotStore } from '@/lib/ports/snapshot-store';
import { authorOf } from './author';

/** What reading and writing approved states takes; every job's context is one. */
export type StoreContext = Pick<JobContext, 'tenantId' | 'actor' | 'ports' | 'tx' | 'signal'>;

export const storeContext = (ctx: TenantContext): StoreContext => ({
  tenantId: ctx.tenant.id,
  actor: ctx.principal.actor,
  ports: ctx.ports,
  tx: ctx.tx,
  signal: ctx.signal,
});

export const storeOf = ({ ports, tenantId }: StoreContext): SnapshotStore => ports.approvedStore.forTenant(tenantId);

/** Who a commit of this context is by. Somebody who left the organisation meanwhile keeps the name, not the address. */
export async function committer({ actor, tx }: StoreContext): Promise<Author> {
  if (actor.type !== 'user') return authorOf(actor, null);
  const select = { name: true, email: true } as const;
  return authorOf(actor, await tx((db) => db.user.findUnique({ where: { id: actor.id }, select })));
}
