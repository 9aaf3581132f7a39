import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '@/lib/kernel/db/database';

/**
 * What a link may be for, with its lifetime in ms. `identifier` is a user id, except for `sign-up` (the address) and
 * `member-reset` (`tenantId:userId`).
 */
const LIFETIME_MS = {
  'sign-in': 15 * 60_000,
  'sign-up': 24 * 3_600_000,
  'password-reset': 3_600_000,
  'member-reset': 24 * 3_600_000,
} as const;
export type TokenPurpose = keyof typeof LIFETIME_MS;

const hash = (token: string) => createHash('sha256').update(token).digest('hex');

/** Makes a link's token and forgets earlier ones of the same purpose and person. Only its SHA-256 is kept. */
export async function mintOneTimeToken(db: Transaction, purpose: TokenPurpose, identifier: string): Promise<string> {
  await db.oneTimeToken.deleteMany({ where: { purpose, identifier } });
  return insertToken(db, purpose, identifier);
}

/** The same inside a tenant's transaction, which may add a member's token and see none. */
export const mintMemberToken = (db: Transaction, tenantId: string, userId: string): Promise<string> =>
  insertToken(db, 'member-reset', `${tenantId}:${userId}`);

async function insertToken(db: Transaction, purpose: TokenPurpose, identifier: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + LIFETIME_MS[purpose]);
  // Without RETURNING, which needs the right to read.
  await db.$executeRaw`
    INSERT INTO one_time_tokens (hash, purpose, identifier, expires_at)
    VALUES (${hash(token)}, ${purpose}, ${identifier}, ${expiresAt})`;
  return token;
}

/** Uses a token up. Whom it was for, or null when it is unknown, used or expired. */
export async function consumeOneTimeToken(
  db: Transaction,
  token: string,
  purposes: readonly TokenPurpose[],
): Promise<{ purpose: TokenPurpose; identifier: string } | null> {
  const rows = await db.$queryRaw<{ purpose: TokenPurpose; identifier: string; fresh: boolean }[]>`
    DELETE FROM one_time_tokens WHERE hash = ${hash(token)} AND purpose = ANY(${purposes})
    RETURNING purpose, identifier, expires_at > now() AS fresh`;
  const row = rows[0];
  return row?.fresh ? { purpose: row.purpose, identifier: row.identifier } : null;
}
