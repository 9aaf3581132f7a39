import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '@/lib/testing/database-owner';
import { closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { openDatabase, type Transaction } from './db/database';
import type { Kernel } from './kernel';

let kernel: Kernel;
let ours: TestTenant;
let theirs: TestTenant;
beforeAll(async () => {
  kernel = openHouse();
  [ours, theirs] = [await newTenant(kernel), await newTenant(kernel)];
});
afterAll(() => closeHouse(kernel));

const asUs = <T>(work: (db: Transaction) => Promise<T>) => kernel.database.asTenant(ours.id, work);
const label = (key: string) => ({ key, label: key, sortOrder: 0 });
const environment = (slug: string) => ({
  name: slug,
  slug,
  class: 'dev' as const,
  baseUrl: 'http://n8n.test',
  secretId: randomUUID(),
  apiKeyHint: '…',
});

test('the database fills in the tenant; code cannot forget it', async () => {
  const { tenantId } = await asUs((db) => db.environmentType.create({ data: label('own') }));
  expect(tenantId).toBe(ours.id);
});

test('a transaction that falls silent is ended by the database', async () => {
  const read = (db: Transaction) => db.$queryRaw`SELECT current_setting('idle_in_transaction_session_timeout') AS ms`;
  expect(await asUs(read)).toEqual([{ ms: '10s' }]);
  expect(await kernel.database.asPlatform(read)).toEqual([{ ms: '10s' }]);
});

test('a row under another tenant is refused', async () => {
  const foreign = asUs((db) => db.environmentType.create({ data: { ...label('foreign'), tenantId: theirs.id } }));
  await expect(foreign).rejects.toMatchObject({ kind: 'not_found' });
});

test("a child under another tenant's parent is refused", async () => {
  const parent = await kernel.database.asTenant(theirs.id, (db) => db.environment.create({ data: environment('p') }));
  const child = asUs((db) =>
    db.tag.create({ data: { environmentId: parent.id, n8nId: '1', name: 'child', seenAt: new Date() } as never }),
  );
  await expect(child).rejects.toMatchObject({ code: 'still_referenced' });
});

test('a foreign row cannot be read, changed or deleted, and answers like a missing one', async () => {
  const { id } = await kernel.database.asTenant(theirs.id, (db) =>
    db.environmentType.create({ data: label('theirs') }),
  );
  const attempts = (target: string) => [
    asUs((db) => db.environmentType.findUniqueOrThrow({ where: { id: target } })),
    asUs((db) => db.environmentType.update({ where: { id: target }, data: { label: 'taken' } })),
    asUs((db) => db.environmentType.delete({ where: { id: target } })),
  ];
  const told = async (target: string) =>
    (await Promise.allSettled(attempts(target))).map((one) => one.status === 'rejected' && one.reason.message);
  expect(await told(id)).toEqual(await told(randomUUID()));
  expect(await told(id)).toEqual(Array(3).fill('There is no such environment type.'));
  expect(await asUs((db) => db.environmentType.updateMany({ data: { isActive: true } }))).toMatchObject({ count: 1 });
});

test('without a tenant no transaction begins', async () => {
  for (const nobody of ['', 'undefined', "x'; RESET ROLE; --", `${ours.id}' OR true --`]) {
    await expect(kernel.database.asTenant(nobody, (db) => db.environmentType.count())).rejects.toThrow();
  }
});

test('many tenants at once on few connections each see their own rows only', async () => {
  const database = openDatabase(process.env.EMBEDDED_DATABASE_URL!, { poolSize: 3 });
  try {
    const tenants = await Promise.all(Array.from({ length: 5 }, () => newTenant(kernel)));
    const seen = await Promise.all(
      Array.from({ length: 150 }, async (_, at) => {
        const { id } = tenants[at % tenants.length]!;
        if (at % 7 === 0) await database.asPlatform((db) => db.tenant.count());
        const rows = await database.asTenant(id, (db) => db.membership.findMany());
        return rows.length === 3 && rows.every(({ tenantId }) => tenantId === id);
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
  } finally {
    await database.close();
  }
});

test('a tenant cannot leave its tenant inside a transaction that stays restricted', async () => {
  const seen = await asUs(async (db) => {
    const [row] = await db.$queryRaw<{ role: string; tenant: string }[]>`
      SELECT current_user AS role, current_setting('app.tenant') AS tenant`;
    return row;
  });
  expect(seen).toEqual({ role: 'n8nops_tenant', tenant: ours.id });
});

test('nothing of a tenant stays on the pooled connection, after success or failure', async () => {
  const database = openDatabase(process.env.EMBEDDED_DATABASE_URL!, { poolSize: 1 });
  try {
    for (const outcome of ['commit', 'rollback']) {
      const work = database.asTenant(ours.id, async (db) => {
        await db.environmentType.count();
        if (outcome === 'rollback') throw new Error('undone');
      });
      await work.catch(() => undefined);
      const [after] = await database.asPlatform(
        (db) => db.$queryRaw<{ role: string; tenant: string | null }[]>`
          SELECT current_user AS role, nullif(current_setting('app.tenant', true), '') AS tenant`,
      );
      expect(after).toEqual({ role: 'n8nops_platform', tenant: null });
    }
  } finally {
    await database.close();
  }
});

test('global tables are closed to a tenant', async () => {
  for (const table of ['sessions', 'accounts', 'one_time_tokens', 'idempotency_keys', 'rate_limits']) {
    await expect(asUs((db) => db.$queryRawUnsafe(`SELECT * FROM ${table}`))).rejects.toThrow();
  }
  await expect(asUs((db) => db.$queryRaw`SELECT password_hash FROM users`)).rejects.toThrow();
  await expect(asUs((db) => db.$queryRaw`SELECT payload FROM outbox_events`)).rejects.toThrow();
});

test('a tenant sees the people of its own team only', async () => {
  const emails = await asUs((db) => db.user.findMany({ select: { email: true } }));
  expect(emails.map(({ email }) => email).sort()).toEqual(
    Object.values(ours.people)
      .map(({ email }) => email)
      .sort(),
  );
});

test('every table with a tenant_id has forced row-level security and both policies', async () => {
  const tables = await asOwner(async (sql) => {
    const { rows } = await sql.query(`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
             array(SELECT p.polname::text || ':' || r.rolname::text FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
                   WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polwithcheck IS NOT NULL ORDER BY 1) AS policies
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`);
    return rows as { name: string; forced: boolean; policies: string[] }[];
  });
  expect(tables.length).toBeGreaterThan(15);
  const policies = ['platform:n8nops_platform', 'tenant:n8nops_tenant'];
  expect(tables).toEqual(tables.map(({ name }) => ({ name, forced: true, policies })));
});

test('a child names its parent together with the tenant', async () => {
  const loose = await asOwner(async (sql) => {
    const { rows } = await sql.query(`
      SELECT conrelid::regclass::text || '.' || conname AS name FROM pg_constraint k
      WHERE contype = 'f'
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'tenant_id')
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.confrelid AND attname = 'tenant_id')
        AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.conrelid AND attnum = ANY (k.conkey) AND attname = 'tenant_id')`);
    return rows;
  });
  expect(loose).toEqual([]);
});

test('the owner that the product connects as is no superuser and bypasses nothing', async () => {
  const roles = await asOwner(async (sql) => {
    const { rows } = await sql.query(
      `SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN (current_user, 'n8nops_tenant', 'n8nops_platform')`,
    );
    return rows;
  });
  expect(roles).toEqual(Array(3).fill({ rolsuper: false, rolbypassrls: false }));
});
