import type { z } from 'zod';
import { conflict, notFound } from '@/lib/core/errors';
import type { Role } from '@/lib/core/permissions';
import { type Page, toPage } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { Transaction } from '@/lib/kernel/db/database';
import { mintInvitation } from '../tenants/invitation';
import type { ListTeam, TeamMember } from './schema';

// biome-ignore format: the columns as they are asked for
type Row = {
  id: string; status: TeamMember['status']; userId: string | null; email: string; name: string | null; role: Role;
  lastSeenAt: Date | null; expiresAt: Date | null; version: number; createdAt: Date; total?: bigint;
};

const toMember = ({ total: _, ...row }: Row): TeamMember => ({
  ...row,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** Members and open invitations as one list: two tables, one order. */
const TEAM = `
  SELECT m.id, 'active' AS status, u.id AS "userId", u.email, u.name, m.role::text AS role,
         u.last_seen_at AS "lastSeenAt", NULL::timestamptz AS "expiresAt", m.version, m.created_at AS "createdAt"
  FROM memberships m JOIN users u ON u.id = m.user_id
  UNION ALL
  SELECT i.id, CASE WHEN i.expires_at > now() THEN 'invited' ELSE 'expired' END, NULL, i.email, NULL, i.role::text,
         NULL, i.expires_at, 1, i.created_at
  FROM invitations i WHERE i.accepted_at IS NULL`;

export async function listTeam(db: Transaction, query: z.output<typeof ListTeam>): Promise<Page<TeamMember>> {
  const { search, role, status, sort, page, pageSize } = query;
  const descending = sort.startsWith('-');
  // From the schema's own list, so nothing a caller typed becomes SQL.
  const order = `"${descending ? sort.slice(1) : sort}" ${descending ? 'DESC' : 'ASC'} NULLS LAST, id`;
  const pattern = search ? `%${literally(search)}%` : null;
  const rows = await db.$queryRawUnsafe<Row[]>(
    `SELECT *, count(*) OVER () AS total FROM (${TEAM}) team
     WHERE ($1::text IS NULL OR email ILIKE $1 OR name ILIKE $1)
       AND ($2::text IS NULL OR role = $2) AND ($3::text IS NULL OR status = $3)
     ORDER BY ${order} LIMIT $4 OFFSET $5`,
    pattern,
    role ?? null,
    status ?? null,
    pageSize,
    (page - 1) * pageSize,
  );
  return toPage(rows.map(toMember), Number(rows[0]?.total ?? 0), query);
}

export async function getMember(db: Transaction, id: string): Promise<TeamMember> {
  const rows = await db.$queryRawUnsafe<Row[]>(`SELECT * FROM (${TEAM}) team WHERE id = $1::uuid`, id);
  if (!rows[0]) throw notFound('member');
  return toMember(rows[0]);
}

/** A member, not an invitation. */
export async function getActiveMember(db: Transaction, id: string): Promise<TeamMember & { userId: string }> {
  const member = await getMember(db, id);
  if (!member.userId) throw notFound('member');
  return { ...member, userId: member.userId };
}

/** Everybody who counts against the plan. An invitation that ran out does not. */
export async function countTeam(db: Transaction): Promise<number> {
  const invited = await db.invitation.count({ where: { acceptedAt: null, expiresAt: { gt: new Date() } } });
  return invited + (await db.membership.count());
}

/** Makes an invitation in place of an old one to the same address. Its token leaves in the answer and is kept nowhere. */
export async function createInvitation(
  db: Transaction,
  { email, role, invitedBy }: { email: string; role: Role; invitedBy: string },
): Promise<{ id: string; token: string }> {
  if (await db.membership.findFirst({ where: { user: { email } }, select: { id: true } })) {
    throw conflict('This person is in the organisation already.', 'already_member');
  }
  const open = { email, acceptedAt: null, expiresAt: { gt: new Date() } };
  if (await db.invitation.findFirst({ where: open, select: { id: true } })) {
    throw conflict('This address is invited already. Send the invitation again instead.', 'already_invited');
  }
  await db.invitation.deleteMany({ where: { email } });
  const { token, ...kept } = mintInvitation();
  const { id } = await db.invitation.create({ data: { email, role, invitedBy, ...kept } });
  return { id, token };
}

/** Gives an open or expired invitation a new token and a new week; the old link ends. */
export async function renewInvitation(db: Transaction, id: string): Promise<string> {
  const { token, ...kept } = mintInvitation();
  const { count } = await db.invitation.updateMany({ where: { id, acceptedAt: null }, data: kept });
  if (count === 0) throw notFound('invitation');
  return token;
}
