import CredentialsProvider from 'next-auth/providers/credentials';
import { AppError } from '@/lib/core/errors';
import { Email } from '@/lib/core/schema';
import { consumeOneTimeToken } from '@/lib/features/identity/users/one-time-token';
import { TypedPassword } from '@/lib/features/identity/users/schema';
import { authenticate } from '@/lib/features/identity/users/service';
import { type AuthRequest, platformFor } from './request';

/** E-mail and password. Answers the same for a wrong password and an unknown address, and takes as long. */
export const password = (request: AuthRequest) =>
  CredentialsProvider({
    id: 'password',
    name: 'E-mail and password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    async authorize(credentials) {
      const email = Email.safeParse(credentials?.email);
      const typed = TypedPassword.safeParse(credentials?.password);
      if (!email.success || !typed.success) return null;
      await throttle(request, email.data);
      const user = await authenticate(platformFor(request), email.data, typed.data);
      request.kernel.log.info({ requestId: request.requestId, known: user !== null }, 'sign-in by password');
      return user;
    },
  });

/** A link that was mailed, or made for development: its token works once. */
export const link = (request: AuthRequest) =>
  CredentialsProvider({
    id: 'link',
    name: 'Link',
    credentials: { token: { type: 'text' } },
    authorize: (credentials) =>
      platformFor(request).tx(async (db) => {
        const used = await consumeOneTimeToken(db, String(credentials?.token ?? ''), ['sign-in']);
        const user = used && (await db.user.findFirst({ where: { id: used.identifier, suspendedAt: null } }));
        if (!user) return null;
        // The link went to the address, so whoever follows it reads what is sent there.
        if (!user.emailVerified) await db.user.update({ where: { id: user.id }, data: { emailVerified: new Date() } });
        return { id: user.id, email: user.email, name: user.name };
      }),
  });

/** next-auth hands the message of an error on to the page, so it is our code for it. */
async function throttle({ kernel, client }: AuthRequest, account: string): Promise<void> {
  await kernel.rateLimiter.consumeSignIn(account, client).catch((error) => {
    throw new Error(error instanceof AppError ? error.code : 'internal');
  });
}
