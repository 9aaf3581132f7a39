import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** As much of Prisma's own table as anything here reads. */
const LEDGER = `CREATE TABLE _prisma_migrations
  (migration_name text, finished_at timestamptz, rolled_back_at timestamptz)`;
const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

/** An empty, migrated database for tests of what is true of a whole installation. Dropped by `drop`. */
export async function ownDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const shared = inject('databaseUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = Object.assign(new URL(shared), { pathname: `/${name}` }).toString();
  await run(shared, [`CREATE DATABASE ${name}`]);
  await applyMigrations(url);
  return { url, drop: () => run(shared, [`DROP DATABASE ${name} WITH (FORCE)`]) };
}

/** Brings an empty database to what the product expects. */
export async function applyMigrations(url: string): Promise<void> {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map((entry) => entry.name).sort();
  const sql = names.map((folder) => readFileSync(join(MIGRATIONS, folder, 'migration.sql'), 'utf8'));
  await run(url, [
    LEDGER,
    ...sql,
    ...names.map((folder) => `INSERT INTO _prisma_migrations VALUES ('${folder}', now())`),
  ]);
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
