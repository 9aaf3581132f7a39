import { z } from 'zod';

/**
 * The only reader of process.env. `readEnv` names every wrong variable at once, and the process refuses to start.
 * `EMBEDDED_DATABASE_URL` is set by our own start script; an operator sets `DATABASE_URL`.
 */
const isLoopback = (origin: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );

const masterKey = z.string().transform((text, ctx) => {
  const keys = text.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
  if (keys.some((key) => key.length !== 32))
    ctx.addIssue({ code: 'custom', message: 'must be 32 bytes in base64 (current first, older ones after commas)' });
  return keys;
});
const secret = z.string().min(32, 'must have at least 32 characters');

const Variables = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    EMBEDDED_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
    PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
    APP_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
    SESSION_SECRET: secret,
    MASTER_KEY: masterKey,
    CRON_SECRET: secret,
    SIGNUP: z.enum(['open', 'invite']).default('invite'),
    EGRESS: z.enum(['public', 'private']).optional(),
    EGRESS_ALLOWED_HOSTS: list,
    EGRESS_ALLOWED_CIDRS: list,
    STRIPE_SECRET_KEY: z.string().optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().default('n8n Ops <no-reply@localhost>'),
    GITHUB_CLIENT_ID: z.string().optional(),
    GITHUB_CLIENT_SECRET: z.string().optional(),
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
    OIDC_ISSUER: z.url().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_NAME: z.string().default('Single sign-on'),
    DEV_LOGIN: flag,
    TRUST_PROXY: flag,
    WORKER: z.enum(['on', 'off']).default('on'),
    DATA_DIR: z.string().default('.data'),
    /** Where git is looked for. */
    PATH: z.string().default('/usr/local/bin:/usr/bin:/bin'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    VERCEL: z.string().optional(),
  })
  .superRefine((env, ctx) => {
    const pairs = [
      ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
      ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
      ['OIDC_ISSUER', 'OIDC_CLIENT_ID'],
      ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
    ] as const;
    for (const [one, other] of pairs) {
      if (env[one] && !env[other]) ctx.addIssue({ code: 'custom', path: [other], message: `is needed with ${one}` });
    }
    if (!env.DATABASE_URL && !env.EMBEDDED_DATABASE_URL) {
      const message = 'is needed; npm start brings a database of its own';
      ctx.addIssue({ code: 'custom', path: ['DATABASE_URL'], message });
    }
    if (env.DEV_LOGIN && isProduction(env)) {
      ctx.addIssue({ code: 'custom', path: ['DEV_LOGIN'], message: 'lets anyone in, so it is refused in production' });
    }
  });

const isProduction = (env: { DATABASE_URL?: string; APP_ORIGIN?: string }) =>
  Boolean(env.DATABASE_URL) || (env.APP_ORIGIN !== undefined && !isLoopback(env.APP_ORIGIN));

export type Env = ReturnType<typeof readEnv>;

/** Throws one error that names every variable that is wrong or missing. */
export function readEnv(source: Record<string, string | undefined>) {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = Variables.safeParse(present);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not usable:\n${lines.join('\n')}`);
  }
  const env = result.data;
  return {
    ...env,
    databaseUrl: (env.DATABASE_URL ?? env.EMBEDDED_DATABASE_URL)!,
    appOrigin: new URL(env.APP_ORIGIN ?? `http://localhost:${env.PORT}`).origin,
    production: isProduction(env),
    egress: env.EGRESS ?? (env.STRIPE_SECRET_KEY ? ('public' as const) : ('private' as const)),
    serverless: Boolean(env.VERCEL),
  };
}

let cached: Env | undefined;
export const env = (): Env => {
  if (!cached) {
    cached = readEnv(process.env);
    // next-auth takes its origin from here and nowhere else; a Host header is the caller's to choose.
    process.env.NEXTAUTH_URL = cached.appOrigin;
  }
  return cached;
};
