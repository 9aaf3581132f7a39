import type { Role } from '@/lib/core/permissions';
import type { PublicContext } from '@/lib/kernel/context';
import type { Database, Transaction } from '@/lib/kernel/db/database';
import { statement } from '@/lib/kernel/db/statement';
import type { TenantIdentity } from '@/lib/kernel/principal';
import type { Mail } from '@/lib/ports/mailer';
import { hashSessionToken, mintSessionToken, SESSION_IDLE_MS, SESSION_LIFETIME_MS } from './model';

export type SignedIn = {
  sessionId: string;
  user: { id: string; email: string; name: string; platformAdmin: boolean };
  membership: { tenant: TenantIdentity; role: Role; planKey: string } | null;
};

// biome-ignore format: the columns as they are asked for
type Row = {
  public_id: string; last_seen_at: Date; user_id: string; email: string; user_name: string; platform_admin: boolean;
  tenant_id: string | null; slug: string; tenant_name: string; plan_key: string; role: Role;
};

const TOUCH_AFTER_MS = 60_000;

/** Starts a session for a person who has just proved who they are. Returns the token for the cookie. */
export async function startSession(
  db: Transaction,
  input: { userId: string; method: string; ip: string | null; userAgent: string | null },
): Promise<string> {
  const token = mintSessionToken();
  await db.user.update({ where: { id: input.userId }, data: { lastSeenAt: new Date() } });
  await db.session.create({
    data: { id: hashSessionToken(token), ...input, expiresAt: new Date(Date.now() + SESSION_LIFETIME_MS) },
  });
  return token;
}

/**
 * The person behind a cookie, and their membership: in the tenant that is named (slug or id), else in the session's
 * active one, else in the oldest. Null when the session ended, or the person is suspended. A suspended or closed tenant
 * has no members.
 */
export async function findSession(database: Database, token: string, tenant?: string): Promise<SignedIn | null> {
  const id = hashSessionToken(token);
  const named = tenant ?? null;
  const rows = await database.ask<Row>(statement`
    SELECT s.public_id, s.last_seen_at, u.id AS user_id, u.email, u.name AS user_name, u.platform_admin,
           t.id AS tenant_id, t.slug, t.name AS tenant_name, t.plan_key, m.role::text AS role
    FROM sessions s
    JOIN users u ON u.id = s.user_id AND u.suspended_at IS NULL
    LEFT JOIN LATERAL (
      SELECT m.role, m.tenant_id FROM memberships m JOIN tenants mt ON mt.id = m.tenant_id AND mt.status <> 'suspended'
      WHERE m.user_id = u.id AND (${named}::text IS NULL OR mt.slug = ${named} OR mt.id::text = ${named})
      ORDER BY (mt.id = s.active_tenant_id) DESC NULLS LAST, m.created_at
      LIMIT 1
    ) m ON true
    LEFT JOIN tenants t ON t.id = m.tenant_id
    WHERE s.id = ${id} AND s.expires_at > now() AND s.last_seen_at > ${new Date(Date.now() - SESSION_IDLE_MS)}`);
  const row = rows[0];
  if (!row) return null;
  if (Date.now() - row.last_seen_at.getTime() > TOUCH_AFTER_MS) await touch(database, id, row.user_id);
  return {
    sessionId: row.public_id,
    user: { id: row.user_id, email: row.email, name: row.user_name, platformAdmin: row.platform_admin },
    membership: row.tenant_id
      ? {
          tenant: { id: row.tenant_id, slug: row.slug, name: row.tenant_name },
          role: row.role,
          planKey: row.plan_key,
        }
      : null,
  };
}

const touch = (database: Database, id: string, userId: string) =>
  database.asPlatform(async (db) => {
    const lastSeenAt = new Date();
    await db.session.updateMany({ where: { id }, data: { lastSeenAt } });
    await db.user.updateMany({ where: { id: userId }, data: { lastSeenAt } });
  });

/** Ends one session by its cookie. */
export const endSession = (db: Transaction, token: string) =>
  db.session.deleteMany({ where: { id: hashSessionToken(token) } });

/**
 * Sends without being waited for: an answer that took longer would tell that the address is known. Mail that does not
 * go out is logged.
 */
export function sendInBackground({ ports, log }: Pick<PublicContext, 'ports' | 'log'>, mail: Mail): void {
  void ports.mailer?.send(mail).catch((error) => log.warn({ error }, 'a mail was not sent'));
}
