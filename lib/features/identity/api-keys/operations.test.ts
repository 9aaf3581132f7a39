import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { resolvePrincipal } from '@/lib/server/principal';
import { as, callerOf, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { createApiKey, listApiKeys, revokeApiKey } from './operations';

let kernel: Kernel;
let tenant: TestTenant;

beforeAll(async () => {
  kernel = openHouse();
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const holder = (bearer: string) => resolvePrincipal(kernel.database, { bearer, sessionToken: null, tenant: null });

test('a key does what its scopes say, is shown once, and ends when it is revoked', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const made = await admin(createApiKey, { name: 'CI', scopes: ['workflow:read', 'environment:read'] });
  expect(made.key).toMatch(/^n8nops_[0-9A-Za-z]{38}$/);
  const days = (Date.parse(made.expiresAt!) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
  expect([...(await holder(made.key)).permissions].sort()).toEqual(['environment:read', 'workflow:read']);
  const listed = await admin(listApiKeys, { search: 'CI' });
  expect(listed.items).toMatchObject([{ id: made.id, status: 'active', prefix: made.key.slice(0, 11) }]);
  expect(JSON.stringify(listed)).not.toContain(made.key);
  await admin(revokeApiKey, { id: made.id });
  await expect(holder(made.key)).rejects.toMatchObject({ code: 'api_key_rejected' });
  expect((await admin(listApiKeys, { status: 'revoked' })).total).toBe(1);
});

test('a key gives nobody more than its maker has', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const limited = await admin(createApiKey, { name: 'maker', scopes: ['api-key:write', 'workflow:read'] });
  const program = callerOf(kernel, await holder(limited.key));
  await expect(program(createApiKey, { name: 'more', scopes: ['team:write'] })).rejects.toMatchObject({
    code: 'scope_beyond_maker',
  });
  const child = await program(createApiKey, { name: 'less', scopes: ['workflow:read'] });
  expect(child.createdBy.email).toBe(tenant.people.admin.email);
});

test('a key shrinks with its maker’s role and dies with an expiry', async () => {
  const own = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  const { key, id } = await admin(createApiKey, { name: 'shrinks', scopes: ['environment:write', 'workflow:read'] });
  const membership = { tenantId_userId: { tenantId: own.id, userId: own.people.admin.id } };
  await kernel.database.asPlatform((db) => db.membership.update({ where: membership, data: { role: 'viewer' } }));
  expect([...(await holder(key)).permissions]).toEqual(['workflow:read']);
  await kernel.database.asPlatform((db) => db.apiKey.update({ where: { id }, data: { expiresAt: new Date(0) } }));
  await expect(holder(key)).rejects.toMatchObject({ code: 'api_key_rejected' });
});

test('a plan without the API makes no key', async () => {
  const free = await newTenant(kernel, { plan: 'free' });
  const admin = await as(kernel, free, 'admin');
  await expect(admin(createApiKey, { name: 'no', scopes: ['workflow:read'] })).rejects.toMatchObject({
    code: 'feature_not_available',
  });
});

test('text that only looks like a key costs no query and opens nothing', async () => {
  await expect(holder(`n8nops_${'0'.repeat(38)}`)).rejects.toMatchObject({ kind: 'unauthenticated' });
});
