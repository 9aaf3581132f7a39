import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';

/** The person behind a call: who is signed in, or who made the key. Null for the system. */
export async function personOf(
  db: TenantDb,
  { actor, user }: Pick<Principal, 'actor' | 'user'>,
): Promise<string | null> {
  if (user) return user.id;
  if (actor.type !== 'api_key') return null;
  const key = await db.apiKey.findUnique({ where: { id: actor.id }, select: { createdBy: true } });
  return key?.createdBy ?? null;
}

export const isOnlyMember = async (db: TenantDb): Promise<boolean> => (await db.membership.count()) === 1;
