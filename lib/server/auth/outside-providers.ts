import GithubProvider, { type GithubProfile } from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { z } from 'zod';
import type { Env } from '@/lib/env';

// biome-ignore lint/suspicious/noExplicitAny: each provider has a profile of its own
type Provider = OAuthConfig<any>;

/** Those that the operator configured. Every profile carries `email_verified`, the only thing linking is decided by. */
export function outsideProviders(env: Env): Provider[] {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env;
  return [
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET ? [github(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET)] : []),
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [
          GoogleProvider({
            clientId: GOOGLE_CLIENT_ID,
            clientSecret: GOOGLE_CLIENT_SECRET,
            checks: ['pkce', 'state', 'nonce'],
          }),
        ]
      : []),
    ...(env.OIDC_ISSUER ? [openIdConnect(env)] : []),
  ];
}

const Addresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub says which address is verified only in the list of them. */
function github(clientId: string, clientSecret: string): Provider {
  const provider = GithubProvider({ clientId, clientSecret, checks: ['pkce', 'state'] });
  return {
    ...provider,
    userinfo: {
      url: 'https://api.github.com/user',
      async request({ client, tokens }): Promise<object> {
        const profile = await client.userinfo<GithubProfile>(tokens.access_token ?? '');
        const response = await fetch('https://api.github.com/user/emails', {
          headers: { authorization: `Bearer ${tokens.access_token}` },
          signal: AbortSignal.timeout(10_000),
        });
        const addresses = Addresses.safeParse(await response.json());
        const primary = addresses.data?.find((address) => address.primary);
        return { ...profile, email: primary?.email ?? null, email_verified: primary?.verified === true };
      },
    },
  };
}

type Claims = { sub: string; name?: string; preferred_username?: string; email?: string; picture?: string };

/** Any OpenID provider: discovered, with PKCE, state and nonce; the id token and the userinfo together are the profile. */
function openIdConnect({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME }: Env): Provider {
  return {
    id: 'oidc',
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER?.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    userinfo: {
      async request({ client, tokens }) {
        const claims = tokens.id_token ? readClaims(tokens.id_token) : {};
        return { ...claims, ...(await client.userinfo(tokens.access_token ?? '')) };
      },
    },
    profile: ({ sub, name, preferred_username, email, picture }: Claims) => ({
      id: sub,
      name: name ?? preferred_username ?? email,
      email,
      image: picture,
    }),
  };
}

/** The payload of a token whose signature, issuer, audience and nonce have been checked when it was exchanged. */
const readClaims = (idToken: string): object =>
  JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
