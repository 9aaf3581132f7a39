import type { Actor, Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { type ApprovalStatus, mayDecide } from './model';
import type { DriftApproval } from './schema';

/** The person who acts, behind a session or behind a key; null for the product itself. */
export async function personBehind(db: TenantDb, actor: Pick<Actor, 'type' | 'id'>): Promise<string | null> {
  if (actor.type !== 'api_key') return actor.id;
  const key = await db.apiKey.findUnique({ where: { id: actor.id! }, select: { createdBy: true } });
  return key?.createdBy ?? null;
}

type Asked = { status: ApprovalStatus; outdated: boolean; requester: Actor };
/** What somebody may decide about a request, and for what they may not: why. */
export type Rights = (asked: Asked) => DriftApproval['can'];

/** The rights of whoever looks, over all these requests; one reading for any number of them. */
export async function readRights(
  db: TenantDb,
  principal: Principal,
  rows: readonly { requester: unknown }[],
): Promise<Rights> {
  const { actor, permissions } = principal;
  const looker = await personBehind(db, actor);
  const members = await db.membership.count();
  const keyIds = rows.flatMap(({ requester }) => {
    const { type, id } = requester as Actor;
    return type === 'api_key' && id ? [id] : [];
  });
  const keys = await db.apiKey.findMany({ where: { id: { in: keyIds } }, select: { id: true, createdBy: true } });
  const owners = new Map(keys.map(({ id, createdBy }) => [id, createdBy]));
  const personOf = ({ type, id }: Actor) => (type === 'api_key' ? (owners.get(id!) ?? null) : id);
  const decides = permissions.has('drift-approval:decide');
  return ({ status, outdated, requester }) => {
    const person = personOf(requester);
    const over = status === 'pending' ? null : `It is ${status}.`;
    const role = decides ? null : 'An admin decides it.';
    const own = mayDecide(person, looker, members) ? null : 'Nobody decides the own request; another admin can.';
    const moved = outdated ? 'The drift moved since: this would allow nothing any more.' : null;
    const isOwn = looker !== null && looker === person;
    const foreign = isOwn || decides ? null : 'Who asked, or an admin, can withdraw it.';
    return {
      approve: possible(over ?? role ?? own ?? moved),
      reject: possible(over ?? role ?? own),
      cancel: possible(over ?? (permissions.has('incident:write') ? foreign : 'Your role only looks at incidents.')),
    };
  };
}

const possible = (reason: string | null) => ({ allowed: reason === null, reason });
