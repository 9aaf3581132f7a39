import type { Transaction } from '@/lib/kernel/db/database';
import type { PlatformAccess } from '@/lib/kernel/platform-access';
import { hashPassword, needsRehash, verifyPassword } from './password';

export type NewUser = {
  email: string;
  name: string;
  passwordHash?: string;
  emailVerified?: Date | null;
  image?: string | null;
};
export type Account = { id: string; email: string; name: string; first: boolean };

/** Whether this installation has nobody yet. */
export const isFirstRun = async (db: Transaction): Promise<boolean> =>
  (await db.user.findFirst({ select: { id: true } })) === null;

/** Makes everybody who registers wait in line, so that exactly one is the first. Released with the transaction. */
export const lockRegistration = (db: Transaction) =>
  db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('registration'))`;

/** Makes an account; the very first one administers the platform. Call under `lockRegistration`. */
export async function registerUser(db: Transaction, input: NewUser): Promise<Account> {
  const first = await isFirstRun(db);
  const { id, email, name } = await db.user.create({ data: { ...input, platformAdmin: first } });
  return { id, email, name, first };
}

/** The person an address and a password belong to, or null: unknown, wrong, suspended or without a password alike. */
export async function authenticate(platform: PlatformAccess, email: string, password: string) {
  const user = await platform.tx((db) =>
    db.user.findUnique({
      where: { email },
      select: { id: true, email: true, name: true, passwordHash: true, suspendedAt: true },
    }),
  );
  const matches = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user?.passwordHash || !matches || user.suspendedAt) return null;
  if (needsRehash(user.passwordHash)) {
    const passwordHash = await hashPassword(password);
    await platform.tx((db) => db.user.update({ where: { id: user.id }, data: { passwordHash } }));
  }
  return { id: user.id, email: user.email, name: user.name };
}

/** Whether what a signed-in person typed is their password. */
export async function confirmsPassword(platform: PlatformAccess, userId: string, password: string): Promise<boolean> {
  const user = await platform.tx((db) => db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } }));
  return verifyPassword(password, user?.passwordHash ?? null);
}

/** Sets a password and ends every session but the one that is named, and every link that could still get in. */
export async function setPassword(
  db: Transaction,
  { userId, passwordHash, keepSession }: { userId: string; passwordHash: string; keepSession?: string },
): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { passwordHash, version: { increment: 1 } } });
  await db.session.deleteMany({ where: { userId, ...(keepSession ? { publicId: { not: keepSession } } : {}) } });
  await forgetLinks(db, userId);
}

/** Ends every link that could still get in as this person. */
export const forgetLinks = (db: Transaction, userId: string) =>
  db.oneTimeToken.deleteMany({
    where: { OR: [{ identifier: userId }, { purpose: 'member-reset', identifier: { endsWith: `:${userId}` } }] },
  });

/**
 * The id of whom an address belongs to, suspended people aside. It stays theirs until the transaction ends, so that no
 * link is made for an address that is being given up.
 */
export async function holdAddress(db: Transaction, email: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM users WHERE email = ${email} AND suspended_at IS NULL FOR SHARE`;
  return rows[0]?.id ?? null;
}
