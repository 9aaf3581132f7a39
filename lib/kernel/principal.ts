import type { Permission, Role } from '@/lib/core/permissions';
import type { Feature, Limits } from '@/lib/core/plans';

/** Who acts, as it is written into audit rows. */
export type Actor =
  | { type: 'user'; id: string; label: string }
  | { type: 'api_key'; id: string; label: string }
  | { type: 'system'; id: null; label: string }
  | { type: 'anonymous'; id: null; label: string };

export type TenantIdentity = { id: string; slug: string; name: string };

/** Who is asking, resolved by the door on every request and only checked by the kernel. */
export type Principal = {
  actor: Actor;
  /** The person behind a session, in whatever tenant. */
  user?: { id: string; email: string; name: string; sessionId: string };
  tenant?: TenantIdentity;
  role?: Role;
  permissions: ReadonlySet<Permission>;
  features: ReadonlySet<Feature>;
  limits: Limits | null;
};

const NONE: ReadonlySet<never> = new Set();

export const ANONYMOUS: Principal = {
  actor: { type: 'anonymous', id: null, label: 'anonymous' },
  permissions: NONE,
  features: NONE,
  limits: null,
};
