/** Every variable whose value is a secret. */
const SECRET_VARIABLES = [
  'DATABASE_URL',
  'EMBEDDED_DATABASE_URL',
  'SESSION_SECRET',
  'MASTER_KEY',
  'CRON_SECRET',
  'SMTP_URL',
  'STRIPE_SECRET_KEY',
  'GITHUB_CLIENT_SECRET',
  'GOOGLE_CLIENT_SECRET',
  'OIDC_CLIENT_SECRET',
] as const;

/**
 * What a build finds in the place of every secret, since it needs none: no build can carry one away, and one of these
 * words in a chunk shows that the secret itself would have stood there. A journey looks for them.
 */
export const PLANTED: Readonly<Record<string, string>> = Object.fromEntries(
  SECRET_VARIABLES.map((name) => [name, `planted-in-the-place-of-${name.toLowerCase()}`]),
);
