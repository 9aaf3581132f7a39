import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Scope } from '../command.ts';
import { defaultDataFolder, root } from '../root.ts';
import { embeddedDatabase } from './database.ts';
import { localSecrets, secretsFromEnvironment } from './secrets.ts';

/** What every command that starts the application can be told. */
export interface Settings {
  port: number;
  dataFolder: string;
}

/** The command-line options behind `Settings`, for `parseArgs`. */
export const settingOptions = { port: { type: 'string' }, 'data-dir': { type: 'string' } } as const;

/** Settings from a command's options, else from PORT and DATA_DIR, else the defaults. */
export function toSettings(options: { port?: string; 'data-dir'?: string }): Settings {
  const port = Number(options.port ?? process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('--port takes a number from 1 to 65535.');
  return { port, dataFolder: resolve(options['data-dir'] ?? process.env.DATA_DIR ?? defaultDataFolder) };
}

/** Reads a command line that has these options and no other. */
export function readSettings(): Settings {
  return toSettings(parseArgs({ options: settingOptions }).values);
}

/** Adds what `.env` says to the environment; what is set already stays. */
export function loadEnvFile(): void {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * The environment the application runs in: the given one, completed with its origin, secrets and database. The embedded
 * PostgreSQL runs until the command ends. What the values must look like, `lib/env.ts` says.
 */
export async function applicationEnvironment(settings: Settings, scope: Scope): Promise<NodeJS.ProcessEnv> {
  const { port, dataFolder } = settings;
  const given = process.env;
  const APP_ORIGIN = given.APP_ORIGIN || `http://localhost:${port}`;
  const isProduction = Boolean(given.DATABASE_URL) || !isLoopback(APP_ORIGIN);
  const secrets = isProduction ? secretsFromEnvironment(given) : localSecrets(dataFolder, given);
  // Under its own name, so that the application does not take our database for an operator's.
  const database = given.DATABASE_URL ? {} : { EMBEDDED_DATABASE_URL: await embeddedDatabase(dataFolder, scope) };
  return {
    NEXT_TELEMETRY_DISABLED: '1',
    ...given,
    ...secrets,
    ...database,
    APP_ORIGIN,
    PORT: `${port}`,
    DATA_DIR: dataFolder,
  };
}

/** Whether an origin can only be reached from this machine. */
export function isLoopback(origin: string): boolean {
  if (!URL.canParse(origin)) throw new Error(`APP_ORIGIN is not an address such as https://ops.example.com: ${origin}`);
  const { hostname } = new URL(origin);
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
