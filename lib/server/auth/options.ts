import type { NextAuthOptions } from 'next-auth';
import { env } from '@/lib/env';
import { accountAdapter } from './adapter';
import { refuse } from './admission';
import { outsideProviders } from './outside-providers';
import { link, password } from './own-providers';
import type { AuthRequest } from './request';
import { endCarriedSession, SESSION_SECONDS, sessionCookie, sessionRows } from './session-cookie';

const PAGE = '/sign-in';

/** next-auth's options for one request. */
export function authOptions(request: AuthRequest): NextAuthOptions {
  const { log } = request.kernel;
  const secure = env().appOrigin.startsWith('https:');
  return {
    secret: env().SESSION_SECRET,
    useSecureCookies: secure,
    cookies: { sessionToken: sessionCookie(secure) },
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    jwt: sessionRows(request),
    adapter: accountAdapter(request),
    // Linking by address is decided in `refuse`, by what both sides have verified.
    providers: [
      password(request),
      link(request),
      ...outsideProviders(env()).map((provider) => ({ ...provider, allowDangerousEmailAccountLinking: true })),
    ],
    pages: { signIn: PAGE, signOut: PAGE, error: PAGE, verifyRequest: PAGE },
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.type !== 'oauth') return true;
        const refusal = await refuse(request, account, profile);
        return refusal === null || `${PAGE}?error=${refusal}`;
      },
      jwt: ({ token, account }) => (account ? { ...token, method: account.provider } : token),
    },
    events: { signOut: ({ token }) => endCarriedSession(request, token) },
    logger: {
      error: (code, metadata) => log.warn({ code, error: causeOf(metadata) }, 'next-auth'),
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: () => {},
    },
  };
}

const causeOf = (metadata: Error | { error?: Error }): Error | undefined =>
  metadata instanceof Error ? metadata : metadata.error;
