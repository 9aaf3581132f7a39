import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import { resolvePrincipal } from '@/lib/server/principal';
import { as, callerOf, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { createApiKey } from '../api-keys/operations';
import { inviteMember } from '../teams/invitation-operations';
import {
  closeTenant,
  exportTenant,
  getTenant,
  leaveTenant,
  listTenants,
  reopenTenant,
  updateTenant,
} from './operations';
import { tenantTables } from './tables';

let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  kernel = openHouse();
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const purge = () => runTick(kernel, 'tenant-purge', AbortSignal.timeout(20_000));
const timeIsUp = (id: string) =>
  kernel.database.asPlatform((db) => db.tenant.update({ where: { id }, data: { closesAt: new Date(0) } }));

test('people see their organisations and a key sees its own; nobody sees another', async () => {
  const viewer = await as(kernel, tenant, 'viewer');
  expect((await viewer(listTenants)).items).toMatchObject([{ slug: tenant.slug, role: 'viewer' }]);
  const key = await resolvePrincipal(kernel.database, { bearer: tenant.apiKey, sessionToken: null, tenant: null });
  expect((await callerOf(kernel, key)(listTenants)).items).toMatchObject([{ slug: tenant.slug, role: null }]);
  const other = await newTenant(kernel);
  await expect(viewer(getTenant, { id: other.id })).rejects.toMatchObject({ kind: 'not_found' });
});

test('a name changes at the version it was read at, and the slug stays', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const { version } = await admin(getTenant, { id: tenant.id });
  const renamed = await admin(updateTenant, { id: tenant.id, name: 'Renamed' }, version);
  expect(renamed).toMatchObject({ name: 'Renamed', slug: tenant.slug });
  await expect(admin(updateTenant, { id: tenant.id, name: 'Late' }, version)).rejects.toMatchObject({ status: 412 });
});

test('anybody leaves but the last admin', async () => {
  const own = await newTenant(kernel);
  await (await as(kernel, own, 'developer'))(leaveTenant, { id: own.id });
  const { sessionToken } = own.people.developer;
  const gone = await resolvePrincipal(kernel.database, { bearer: null, sessionToken, tenant: own.slug });
  expect(gone.tenant).toBeUndefined();
  await expect((await as(kernel, own, 'admin'))(leaveTenant, { id: own.id })).rejects.toMatchObject({
    rule: 'last_admin',
  });
});

test('closing wants the slug typed, gives 30 days, and is undone', async () => {
  const own = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  await expect(admin(closeTenant, { id: own.id, confirm: 'yes' })).rejects.toMatchObject({
    errors: [{ path: 'confirm' }],
  });
  const closing = await admin(closeTenant, { id: own.id, confirm: own.slug });
  expect(Math.round((Date.parse(closing.closesAt!) - Date.now()) / 86_400_000)).toBe(30);
  await purge();
  expect(await admin(reopenTenant, { id: own.id })).toMatchObject({ status: 'active', closesAt: null });
});

test('when the time is up every row is deleted but the audit chain; other organisations keep theirs', async () => {
  const own = await newTenant(kernel);
  const other = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  await admin(inviteMember, { email: 'someone@closing.test', role: 'viewer' });
  await admin(closeTenant, { id: own.id, confirm: own.slug });
  await timeIsUp(own.id);
  await purge();
  const left = await kernel.database.asPlatform(async (db) => {
    const counts: Record<string, number> = {};
    for (const { name } of await tenantTables(db)) {
      const sql = `SELECT count(*)::int AS n FROM "${name}" WHERE tenant_id = $1::uuid`;
      const [row] = await db.$queryRawUnsafe<{ n: number }[]>(sql, own.id);
      if (row!.n > 0) counts[name] = row!.n;
    }
    return counts;
  });
  expect(Object.keys(left).sort()).toEqual(['audit_events', 'audit_heads']);
  expect(await kernel.database.asPlatform((db) => db.tenant.count({ where: { id: own.id } }))).toBe(0);
  expect((await (await as(kernel, other, 'admin'))(getTenant, { id: other.id })).slug).toBe(other.slug);
});

test('the export is one JSON document of every table, with no secret and nobody else’s row', async () => {
  const own = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  const { key } = await admin(createApiKey, { name: 'exported', scopes: ['workflow:read'] });
  const secretId = crypto.randomUUID();
  await kernel.database.asTenant(own.id, (db) =>
    db.secret.create({
      data: {
        id: secretId,
        kind: 'test',
        ...kernel.ports.vault.seal('planted', { tenantId: own.id, kind: 'test', id: secretId }),
      },
    }),
  );
  for (let n = 0; n < 120; n += 1) await admin(updateTenant, { id: own.id, name: `Name ${n}` });
  const text = await new Response((await admin(exportTenant, { id: own.id })).body as BodyInit).text();
  const data = JSON.parse(text);
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const tables = await kernel.database.asTenant(own.id, (db) => tenantTables(db));
  const expected = tables
    .map(({ name }) => camel(name))
    .filter((name) => !/^(secrets|outboxEvents|auditHeads|workflowHolds)$/.test(name));
  expect(Object.keys(data).sort()).toEqual([...expected, 'exportedAt', 'people', 'tenant'].sort());
  expect(data.memberships).toHaveLength(3);
  expect(data.auditEvents.length).toBeGreaterThan(120);
  expect(data.apiKeys).toMatchObject([{ name: 'test key' }, { name: 'exported', scopes: ['workflow:read'] }]);
  for (const secret of [key, 'sealed', 'tokenHash', '"hash"', tenant.id, 'passwordHash']) {
    expect(text).not.toContain(secret);
  }
});
