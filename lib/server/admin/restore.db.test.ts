import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createVault } from '@/lib/adapters/vault';
import { openDatabase } from '@/lib/kernel/db/database';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { localSecrets } from '../../../scripts/app/secrets.ts';
import { startEmbeddedDatabase } from '../../../scripts/postgres/database.ts';
import { resolvePrincipal } from '../principal';

const base = mkdtempSync(join(tmpdir(), 'n8n-ops-test-restore-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const settings = { fsync: 'off' };
/** No secret comes from the environment: they are the folder's own. */
const environment = { NODE_ENV: 'test' } as const;
const vaultOf = (folder: string) => createVault([Buffer.from(localSecrets(folder, environment).MASTER_KEY, 'base64')]);
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@restore.test', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

function migrate(url: string): void {
  const env = { ...process.env, DATABASE_URL: '', EMBEDDED_DATABASE_URL: url };
  const script = join(import.meta.dirname, '../../../scripts/prisma.mjs');
  expect(spawnSync(process.execPath, [script, 'migrate', 'deploy'], { env }).status).toBe(0);
}

test('the data folder, copied while nothing runs, is the whole installation: database, git store, master key', async () => {
  const original = join(base, 'original');
  const restored = join(base, 'restored');
  const secrets = localSecrets(original, environment);
  const first = await startEmbeddedDatabase({ folder: join(original, 'postgres'), settings });
  migrate(first.url);
  const kernel = openHouse({ databaseUrl: first.url, ports: { vault: vaultOf(original) } });
  const tenant = await newTenant(kernel);
  const id = randomUUID();
  const place = { tenantId: tenant.id, kind: 'test', id };
  await kernel.database.asTenant(tenant.id, (db) =>
    db.secret.create({ data: { id, kind: 'test', ...kernel.ports.vault.seal('the key of an n8n', place) } }),
  );
  await closeHouse(kernel);
  await first.stop();
  const store = join(original, 'git', 'store');
  git(base, 'init', '--quiet', store);
  git(store, 'commit', '--quiet', '--allow-empty', '--message', 'approved state');

  // As docs/backup.md says: PostgreSQL insists on the permissions of its folder.
  execFileSync('cp', ['-a', original, restored]);
  rmSync(original, { recursive: true });

  expect(localSecrets(restored, environment)).toEqual(secrets);
  const second = await startEmbeddedDatabase({ folder: join(restored, 'postgres'), settings });
  const database = openDatabase(second.url);
  try {
    const credentials = { bearer: tenant.apiKey, sessionToken: null, tenant: null };
    expect((await resolvePrincipal(database, credentials)).tenant?.id).toBe(tenant.id);
    const sealed = await database.asTenant(tenant.id, (db) => db.secret.findUniqueOrThrow({ where: { id } }));
    expect(vaultOf(restored).open(sealed, place)).toBe('the key of an n8n');
    expect(() => vaultOf(join(base, 'elsewhere')).open(sealed, place)).toThrow('does not open');
    expect(git(join(restored, 'git', 'store'), 'log', '--format=%s').trim()).toBe('approved state');
  } finally {
    await database.close();
    await second.stop();
  }
}, 120_000);
