import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDatabase } from '../../scripts/postgres/database.ts';
import { shutDownAbandoned } from '../../scripts/postgres/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a migrated database of this run's own; its owner is no superuser. */
    databaseUrl: string;
  }
}

const FOLDER = 'n8n-ops-test-postgres-';

/** Durability is what a test database can do without. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/**
 * Boots a private PostgreSQL, migrates it as `npm start` does, and hands its URL to the tests: injected as
 * `databaseUrl`, and as EMBEDDED_DATABASE_URL in the environment of the workers.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned();
  const folder = mkdtempSync(join(tmpdir(), FOLDER));
  const database = await startEmbeddedDatabase({ folder, settings });
  const teardown = async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    migrate(database.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  // Whatever database the shell names is not for tests.
  delete process.env.DATABASE_URL;
  process.env.EMBEDDED_DATABASE_URL = database.url;
  project.provide('databaseUrl', database.url);
  return teardown;
}

function migrate(url: string): void {
  const env = { ...process.env, DATABASE_URL: '', EMBEDDED_DATABASE_URL: url };
  const script = join(import.meta.dirname, '../../scripts/prisma.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'migrate', 'deploy'], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The migrations failed:\n${stdout}${stderr}`);
}

/** A killed run could not stop its server. */
async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER)) continue;
    const folder = join(tmpdir(), name);
    const isFresh = Date.now() - statSync(folder).mtimeMs < 60_000;
    if (!isFresh && (await shutDownAbandoned(folder))) rmSync(folder, { recursive: true, force: true });
  }
}
