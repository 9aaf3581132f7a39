import type { Actor } from '@/lib/kernel/principal';
import type { Author } from '@/lib/ports/commit-message';

/** Never delivered anywhere: RFC 2606. */
const NO_MAIL = 'n8n-ops.invalid';

/** Who a commit is by: a person under the own name and address, a key or the product itself under ours. */
export function authorOf(actor: Actor, user: Author | null): Author {
  if (user) return { name: user.name, email: user.email };
  return { name: actor.label, email: `${actor.id ? `${actor.type}.${actor.id}` : actor.type}@${NO_MAIL}` };
}

/** The `Actor:` trailer: the same words as in audit rows, so that one leads to the other. */
export const actorTrailer = (actor: Actor): string => (actor.id ? `${actor.type}:${actor.id}` : actor.type);
