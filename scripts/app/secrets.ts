import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** The secrets the application needs, each with how to make one. */
const makers = {
  SESSION_SECRET: () => randomBytes(32).toString('base64url'),
  /** 256 bits: it seals every key that tenants entrust to us. */
  MASTER_KEY: () => randomBytes(32).toString('base64'),
  CRON_SECRET: () => randomBytes(32).toString('base64url'),
};

/** The application's secrets by the name of their environment variable. */
export type Secrets = Record<keyof typeof makers, string>;

const names = Object.keys(makers) as (keyof Secrets)[];

/**
 * The secrets of a production: from the environment only, since a lost disk must not take the master key with it.
 * @throws an error that names each one missing
 */
export function secretsFromEnvironment(env: NodeJS.ProcessEnv): Secrets {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new Error(
      `In production (DATABASE_URL is set, or APP_ORIGIN is not a loopback address) the secrets come from the ` +
        `environment. Missing: ${missing.join(', ')}. See docs/deploy.md.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, env[name]])) as Secrets;
}

/** The secrets of a local installation: made once into the data folder, readable by its owner alone. */
export function localSecrets(dataFolder: string, env: NodeJS.ProcessEnv): Secrets {
  const file = join(dataFolder, 'secrets');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    const lines = names.map((name) => `${name}=${makers[name]()}`);
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const kept = parseEnv(readFileSync(file, 'utf8'));
  return Object.fromEntries(names.map((name) => [name, env[name] || kept[name]])) as Secrets;
}
