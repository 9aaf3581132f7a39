/**
 * Where our links lead. The token stands in the fragment: it reaches no log, no proxy and no Referer, and a scanner that
 * only fetches the page does not use it up.
 */
export const links = {
  signIn: (origin: string, token: string) => `${origin}/sign-in/link#${token}`,
  signUp: (origin: string, token: string) => `${origin}/sign-up#${token}`,
  resetPassword: (origin: string, token: string) => `${origin}/reset-password#${token}`,
  invitation: (origin: string, token: string) => `${origin}/invitation#${token}`,
};
