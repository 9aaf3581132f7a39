import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import type { Kernel } from '@/lib/kernel/kernel';
import { everyFlatDoor } from '@/lib/testing/doors';
import { closeHouse, newTenant, openHouse, TEST_ENV, type TestTenant } from '@/lib/testing/house';
import { knock, withKey } from '@/lib/testing/requests';

const doors = (await everyFlatDoor()).filter(({ method }) => method !== 'GET');
let kernel: Kernel;
let tenant: TestTenant;
beforeAll(async () => {
  kernel = openHouse();
  kernel.rateLimiter.consume = async () => {};
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const ours = TEST_ENV.APP_ORIGIN;
/** What a browser, or something that borrows one, could send along with the cookie. */
const FORGERIES: [name: string, headers: Record<string, string>][] = [
  ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }],
  ['from another site that lies about its origin', { 'sec-fetch-site': 'cross-site', origin: ours }],
  ['from a sibling of our site', { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost:3000' }],
  ['from an address bar', { 'sec-fetch-site': 'none' }],
  ['from a sandboxed frame', { origin: 'null' }],
  ['from another port', { origin: 'http://localhost:3001' }],
  ['from our name over another scheme', { origin: 'https://localhost:3000' }],
  ['with neither origin nor fetch metadata', {}],
  ['with a same-origin claim but a foreign origin', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.test' }],
  ['as a form', { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.test' }],
  ['as plain text', { 'content-type': 'text/plain', origin: 'https://evil.test' }],
  ['with a forged host', { host: 'evil.test', 'x-forwarded-host': 'evil.test', origin: 'http://evil.test' }],
];

describe('a write paid for by a cookie is refused when it comes', () => {
  test.each(FORGERIES)('%s', async (_name, headers) => {
    const cookie = { cookie: `n8nops-session=${tenant.people.admin.sessionToken}`, 'x-tenant': tenant.slug };
    const accepted: string[] = [];
    for (const flat of doors) {
      const response = await knock(flat, { as: { name: 'browser', headers: { ...cookie, ...headers } } });
      const { code } = (await response.json()) as Problem;
      if (response.status !== 403 || code !== 'cross_origin') accepted.push(`${flat.name}: ${response.status} ${code}`);
    }
    expect(accepted).toEqual([]);
  });
});

test('a method cannot be smuggled in by a header', async () => {
  const reading = (await everyFlatDoor()).find(({ name }) => name === 'GET /admin/environment-types')!;
  const cookie = `n8nops-session=${tenant.people.admin.sessionToken}`;
  const headers = { cookie, 'x-tenant': tenant.slug, 'x-http-method-override': 'DELETE' };
  expect((await knock(reading, { as: { name: 'browser', headers } })).status).toBe(200);
});

test('an API key is no cookie: it works from anywhere, and a cookie beside it counts for nothing', async () => {
  const door = doors.find(({ name }) => name === 'POST /admin/environment-types')!;
  const headers = { origin: 'https://a-program.test', cookie: `n8nops-session=${tenant.people.viewer.sessionToken}` };
  expect((await knock(door, { as: withKey('key', tenant.apiKey), headers })).status).toBe(201);
  const bad = await knock(door, { as: withKey('key', 'n8nops_wrong'), headers: { ...headers, origin: ours } });
  expect(bad.status).toBe(401);
});
