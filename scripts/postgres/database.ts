import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type ServerOptions, startPostgres } from './server.ts';

/** A database in an embedded PostgreSQL. */
export interface EmbeddedDatabase {
  /** Connection URL of its owner. */
  url: string;
  stop(): Promise<void>;
}

/** Name of the database and of the role that owns it. */
const NAME = 'n8nops';

/**
 * Starts the embedded PostgreSQL in a folder and answers the application's database in it. Its owner is what managed
 * PostgreSQL hands out: it may create roles and databases but is no superuser, so row-level security binds it too.
 */
export async function startEmbeddedDatabase(options: ServerOptions): Promise<EmbeddedDatabase> {
  const server = await startPostgres(options);
  try {
    const password = ownerPassword(join(options.folder, 'owner-password'));
    await provision({ host: '127.0.0.1', port: server.port, user: 'postgres', password: server.password }, password);
    return { url: `postgresql://${NAME}:${password}@127.0.0.1:${server.port}/${NAME}`, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function ownerPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function provision(superuser: pg.ClientConfig, password: string): Promise<void> {
  const client = new pg.Client({ ...superuser, database: 'postgres' });
  await client.connect();
  try {
    const attributes = `LOGIN CREATEROLE CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD ${pg.escapeLiteral(password)}`;
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [NAME]);
    await client.query(`${role.rowCount ? 'ALTER' : 'CREATE'} ROLE ${NAME} ${attributes}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (!database.rowCount) await client.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
  } finally {
    await client.end();
  }
}
