import type { Account, Profile } from 'next-auth';
import { findSession } from '@/lib/features/identity/sessions/service';
import { isInvited } from '@/lib/features/identity/tenants/invitation';
import { isFirstRun } from '@/lib/features/identity/users/service';
import type { Transaction } from '@/lib/kernel/db/database';
import { type AuthRequest, platformFor } from './request';

/** Why an outside account does not get in; the sign-in page says it in words. */
export type Refusal = 'suspended' | 'unverified_address' | 'link_from_profile' | 'invitation_needed';
type Claims = Profile & { email_verified?: boolean };

/**
 * Whether somebody whom an outside provider vouches for may come in. An account that is known already may; a new one
 * only by an address that the provider has verified, and into an existing account of that address only where we have
 * verified it too: else whoever registered the address first would be let into the other's life, or the reverse.
 * Null is yes.
 */
export function refuse(
  request: AuthRequest,
  account: Pick<Account, 'provider' | 'providerAccountId'>,
  profile: Profile | undefined,
): Promise<Refusal | null> {
  const { email, email_verified: isVerified } = (profile ?? {}) as Claims;
  return platformFor(request).tx(async (db) => {
    const { provider, providerAccountId } = account;
    const known = await db.account.findUnique({
      where: { provider_providerAccountId: { provider, providerAccountId } },
      select: { user: { select: { suspendedAt: true } } },
    });
    if (known) return known.user.suspendedAt ? 'suspended' : null;
    if (!email || isVerified !== true) return 'unverified_address';
    return refuseAddress(db, request, email.toLowerCase());
  });
}

async function refuseAddress(db: Transaction, request: AuthRequest, email: string): Promise<Refusal | null> {
  const owner = await db.user.findUnique({ where: { email }, select: { suspendedAt: true, emailVerified: true } });
  if (owner?.suspendedAt) return 'suspended';
  // Signed in already: next-auth links to that person, whatever the address.
  if (request.sessionToken && (await findSession(request.kernel.database, request.sessionToken))) return null;
  if (owner) return owner.emailVerified ? null : 'link_from_profile';
  const { signUp } = request.kernel.ports.site;
  const mayRegister = signUp === 'open' || (await isFirstRun(db)) || (await isInvited(db, email));
  return mayRegister ? null : 'invitation_needed';
}
