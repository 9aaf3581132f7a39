import type { Adapter, AdapterAccount, AdapterUser } from 'next-auth/adapters';
import { lockRegistration, registerUser } from '@/lib/features/identity/users/service';
import type { Transaction } from '@/lib/kernel/db/database';
import { type AuthRequest, platformFor } from './request';

type Row = { id: string; email: string; name: string; image: string | null; emailVerified: Date | null };

const select = { id: true, email: true, name: true, image: true, emailVerified: true };
const toAdapterUser = (row: Row | null): AdapterUser | null => row;

/**
 * People and their outside accounts, for next-auth's OAuth flows. Whether an account may be linked or made at all is
 * decided before any of this runs, in `admission.ts`.
 */
export function accountAdapter(request: AuthRequest): Adapter {
  const tx = <T>(work: (db: Transaction) => Promise<T>) => platformFor(request).tx(work);
  return {
    getUser: (id) => tx(async (db) => toAdapterUser(await db.user.findUnique({ where: { id }, select }))),
    getUserByEmail: (email) =>
      tx(async (db) => toAdapterUser(await db.user.findUnique({ where: { email: email.toLowerCase() }, select }))),
    getUserByAccount: ({ provider, providerAccountId }) =>
      tx(async (db) => {
        const where = { provider_providerAccountId: { provider, providerAccountId } };
        const account = await db.account.findUnique({ where, select: { user: { select } } });
        return toAdapterUser(account?.user ?? null);
      }),
    createUser: ({ email, name, image }: Omit<AdapterUser, 'id'>) =>
      platformFor(request).tx(async (db) => {
        await lockRegistration(db);
        const emailVerified = new Date();
        const user = await registerUser(db, { email: email.toLowerCase(), name: name || email, image, emailVerified });
        db.audit({ action: 'user.registered', target: { type: 'user', id: user.id, label: user.email } });
        return { id: user.id, email: user.email, name: user.name, emailVerified };
      }),
    linkAccount: ({ userId, provider, providerAccountId }: AdapterAccount) =>
      platformFor(request).tx(async (db) => {
        await db.account.create({ data: { userId, provider, providerAccountId } });
        db.audit({ action: 'user.account-linked', target: { type: 'user', id: userId }, details: { provider } });
      }),
  };
}
