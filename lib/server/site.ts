import { SELF_HOSTED } from '@/lib/core/plans';
import type { Env } from '@/lib/env';
import type { SignInProvider, Site } from '@/lib/ports/site';

/** The operator's decisions in the words of the features. */
export const siteOf = (env: Env): Site => ({
  origin: env.appOrigin,
  signUp: env.SIGNUP,
  providers: providersOf(env),
  devLogin: env.DEV_LOGIN && !env.production,
  initialPlan: env.STRIPE_SECRET_KEY ? 'free' : SELF_HOSTED,
});

function providersOf(env: Env): SignInProvider[] {
  const providers: SignInProvider[] = [];
  if (env.GITHUB_CLIENT_ID) providers.push({ id: 'github', name: 'GitHub' });
  if (env.GOOGLE_CLIENT_ID) providers.push({ id: 'google', name: 'Google' });
  if (env.OIDC_ISSUER) providers.push({ id: 'oidc', name: env.OIDC_NAME });
  return providers;
}
