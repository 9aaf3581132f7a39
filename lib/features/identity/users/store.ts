import { notFound } from '@/lib/core/errors';
import type { Transaction } from '@/lib/kernel/db/database';
import type { Profile } from './schema';
import { Preferences } from './schema';

export async function getProfile(db: Transaction, id: string): Promise<Profile> {
  const row = await db.user.findUnique({ where: { id }, include: { accounts: { select: { provider: true } } } });
  if (!row) throw notFound('person');
  const preferences = Preferences.safeParse(row.preferences);
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    image: row.image,
    emailVerified: row.emailVerified !== null,
    hasPassword: row.passwordHash !== null,
    platformAdmin: row.platformAdmin,
    preferences: preferences.success ? preferences.data : {},
    providers: row.accounts.map(({ provider }) => provider),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
