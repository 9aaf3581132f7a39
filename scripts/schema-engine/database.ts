import pg from 'pg';

/** The database a PostgreSQL URL names. */
export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/**
 * Discrete connection fields for a URL, optionally for another database on the same server. Never a connection string:
 * `pg` lets that override `database`, which would point Prisma's shadow database at the real one.
 */
export function connectionFields(url: string, database = databaseName(url)): pg.PoolConfig {
  const { hostname, port, username, password, searchParams } = new URL(url);
  const sslmode = searchParams.get('sslmode');
  return {
    host: searchParams.get('host') ?? hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database,
    ...(sslmode && sslmode !== 'disable' && { ssl: { rejectUnauthorized: sslmode === 'verify-full' } }),
  };
}

/** Opens and closes one connection; rejects with the driver's error when there is none to be had. */
export async function checkConnection(url: string): Promise<void> {
  await query(connectionFields(url), 'SELECT 1');
}

/** Creates the database a URL names unless it exists, and answers its name. */
export async function createDatabase(url: string, name = databaseName(url)): Promise<string> {
  const server = connectionFields(url, 'postgres');
  const { rowCount } = await query(server, 'SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (!rowCount) await query(server, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  return name;
}

/** Drops a database, ending the sessions that hold it open. */
export async function dropDatabase(url: string, name = databaseName(url)): Promise<void> {
  await query(connectionFields(url, 'postgres'), `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
}

async function query(fields: pg.PoolConfig, sql: string, values?: unknown[]): Promise<pg.QueryResult> {
  const client = new pg.Client(fields);
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}
