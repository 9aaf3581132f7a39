import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Scope } from '../command.ts';
import { startEmbeddedDatabase } from '../postgres/database.ts';
import { step } from '../progress.ts';
import { root } from '../root.ts';
import { run } from '../run.ts';

/** Starts the embedded PostgreSQL of a data folder until the command ends, and answers the database's URL. */
export async function embeddedDatabase(dataFolder: string, scope: Scope): Promise<string> {
  const database = await step('Database', () => startEmbeddedDatabase({ folder: join(dataFolder, 'postgres') }));
  scope.onEnd(database.stop);
  return database.url;
}

/** Brings a database to the newest schema. Asking first is a hundred times quicker than Prisma's finding nothing to do. */
export async function migrate(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  if (await isMigrated(env.DATABASE_URL || env.EMBEDDED_DATABASE_URL)) return;
  await step('Migrations', () => run(process.execPath, ['scripts/prisma.mjs', 'migrate', 'deploy'], { env, signal }));
}

async function isMigrated(url: string | undefined): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const applied = await client.query(
      'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const checksums = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]));
    return migrations().every(({ name, checksum }) => checksums.get(name) === checksum);
  } catch {
    // No such table, no such database, no connection: Prisma makes the first two and explains the third.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function migrations(): { name: string; checksum: string }[] {
  const folder = join(root, 'prisma/migrations');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'));
      return { name, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
