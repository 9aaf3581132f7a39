import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditAuthor } from '@/lib/kernel/audit';
import type { Kernel } from '@/lib/kernel/kernel';
import { tenantTransaction } from '@/lib/kernel/tenant-transaction';
import { resolvePrincipal } from '@/lib/server/principal';
import { as, callerOf, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { createApiKey } from '../api-keys/operations';
import { updateTenant } from '../tenants/operations';
import { exportAudit, listAudit, listAuditValues, listPlatformAudit, verifyAudit } from './operations';

let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  kernel = openHouse();
  tenant = await newTenant(kernel);
  const admin = await as(kernel, tenant, 'admin');
  await admin(updateTenant, { id: tenant.id, name: '=HYPERLINK("x")' });
  for (const name of ['one', 'two', 'three', '+cmd']) await admin(createApiKey, { name, scopes: ['workflow:read'] });
});
afterAll(() => closeHouse(kernel));

test('pages follow each other without a gap while the log grows', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const first = await admin(listAudit, { pageSize: 2 });
  await admin(createApiKey, { name: 'meanwhile', scopes: ['workflow:read'] });
  const second = await admin(listAudit, { pageSize: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ seq }) => seq)).toEqual([5, 4, 3, 2]);
});

test('entries are found by action, by actor, by target and by date', async () => {
  const admin = await as(kernel, tenant, 'admin');
  expect((await admin(listAudit, { action: 'tenant.updated' })).items).toHaveLength(1);
  expect((await admin(listAudit, { actorId: tenant.people.viewer.id })).items).toHaveLength(0);
  expect((await admin(listAudit, { targetId: tenant.id, outcome: 'succeeded' })).items).toHaveLength(1);
  expect((await admin(listAudit, { search: 'THREE' })).items).toHaveLength(1);
  expect((await admin(listAudit, { to: '2020-01-01T00:00:00Z' })).items).toHaveLength(0);
});

test('the export holds every entry, and no cell that a spreadsheet would run', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const text = async (format: string) => new Response((await admin(exportAudit, { format })).body as BodyInit).text();
  const lines = (await text('ndjson')).trim().split('\r\n');
  expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => lines.length - index));
  const csv = await text('csv');
  expect(csv.trim().split('\r\n')).toHaveLength(lines.length + 1);
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  expect(csv).not.toMatch(/(^|,)"[=+]/m);
});

test('the chain of an organisation is walked to its end', async () => {
  const own = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  for (const name of ['one', 'two', 'three']) await admin(createApiKey, { name, scopes: ['workflow:read'] });
  expect(await admin(verifyAudit)).toEqual({ intact: true, length: 3, brokenAt: null });
});

test('a platform admin reads any chain; a tenant’s admin reads only the own', async () => {
  const admin = await as(kernel, tenant, 'admin');
  await expect(admin(listPlatformAudit, { tenantId: tenant.id })).rejects.toMatchObject({
    code: 'platform_admin_only',
  });
  const operator = await newTenant(kernel);
  const { id, sessionToken } = operator.people.admin;
  await kernel.database.asPlatform((db) => db.user.update({ where: { id }, data: { platformAdmin: true } }));
  const platform = callerOf(
    kernel,
    await resolvePrincipal(kernel.database, { bearer: null, sessionToken, tenant: null }),
  );
  expect((await platform(listPlatformAudit, { tenantId: tenant.id })).items.length).toBeGreaterThan(4);
});

test('every action and every actor of the log can be chosen, each once, and none of another organisation', async () => {
  const own = await newTenant(kernel);
  const stranger = await newTenant(kernel);
  await (await as(kernel, stranger, 'admin'))(updateTenant, { id: stranger.id, name: 'Elsewhere' });
  const { admin } = own.people;
  const withNames = Array.from({ length: 150 }, (_, index) => ({ id: `actor ${index}`, name: `Person ${index}` }));
  const author = (id: string, label: string) => ({ actor: { type: 'user' as const, id, label }, requestId: 'test' });
  for (const { id, name } of withNames) await write(own, author(id, name), `action.${id}`);
  await write(own, author('actor 7', 'Renamed'), 'action.actor 7');
  await (await as(kernel, own, 'admin'))(createApiKey, { name: 'one', scopes: ['workflow:read'] });

  const values = await (await as(kernel, own, 'admin'))(listAuditValues);
  const labels = withNames.map(({ id, name }) => ({ type: 'user', id, label: id === 'actor 7' ? 'Renamed' : name }));
  const everybody = [...labels, { type: 'user', id: admin.id, label: admin.email }];
  expect(values.actors).toHaveLength(everybody.length);
  expect(values.actors).toEqual(expect.arrayContaining(everybody));
  expect(values.actions.sort()).toEqual([...withNames.map(({ id }) => `action.${id}`), 'api-key.created'].sort());
});

const write = (own: TestTenant, author: AuditAuthor, action: string) =>
  tenantTransaction({ database: kernel.database, tenantId: own.id, author, action }, async (db) =>
    db.audit({ details: {} }),
  );
