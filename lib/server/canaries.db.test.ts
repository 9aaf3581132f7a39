import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Kernel } from '@/lib/kernel/kernel';
import { operation } from '@/lib/kernel/operation';
import { asOwner } from '@/lib/testing/database-owner';
import { everyFlatDoor, type FlatDoor } from '@/lib/testing/doors';
import { FakeInstance, fakeProvider } from '@/lib/testing/fake-provider';
import { closeHouse, logged, newTenant, openHouse, TEST_ENV, type TestTenant } from '@/lib/testing/house';
import { ownDatabase } from '@/lib/testing/own-database';
import { adminOf, anonymous, type Caller, knock, withKey } from '@/lib/testing/requests';
import { routes } from './routes';

const doors = await everyFlatDoor();
const random = () => randomBytes(18).toString('base64url');
const instance = Object.assign(new FakeInstance(), {
  apiKey: `eyJhbGciOiJIUzI1NiJ9.${random()}.${random()}`,
});
const PASSWORD = `Canary passphrase ${random()}`;
const NEXT_PASSWORD = `Canary passphrase ${random()}`;

let database: Awaited<ReturnType<typeof ownDatabase>>;
let kernel: Kernel;
let tenant: TestTenant;
/** What must appear nowhere, by name. */
let canaries: Record<string, string>;
const replies: string[] = [];

beforeAll(async () => {
  database = await ownDatabase();
  kernel = openHouse({ databaseUrl: database.url, ports: { providers: new Map([['fake', fakeProvider(instance)]]) } });
  kernel.rateLimiter.consume = async () => {};
  tenant = await newTenant(kernel);
  canaries = {
    'n8n key': instance.apiKey,
    password: PASSWORD,
    'next password': NEXT_PASSWORD,
    'session token': tenant.people.admin.sessionToken,
    'API key': tenant.apiKey,
    'master key': process.env.MASTER_KEY!,
    'session secret': TEST_ENV.SESSION_SECRET,
    'cron secret': TEST_ENV.CRON_SECRET,
  };
  await plantEverywhere();
});
afterAll(async () => {
  await closeHouse(kernel);
  await database.drop();
});

const door = (name: string): FlatDoor => doors.find((one) => one.name === name)!;

async function send(flat: FlatDoor, input: object | string, as: Caller = adminOf(tenant), id?: string) {
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const response = await knock(flat, { as, body, id });
  const text = await response.text();
  replies.push(text);
  return { status: response.status, json: JSON.parse(text || '{}') };
}

/** Through the doors that take secrets, in good and in broken requests, then past every other door. */
async function plantEverywhere(): Promise<void> {
  const [apiKey, baseUrl] = [instance.apiKey, instance.baseUrl];
  const environment = { name: 'Canary', class: 'dev', provider: 'fake', baseUrl, apiKey };
  const made = await send(door('POST /environments'), environment);
  expect(made.status).toBe(201);
  await send(door('POST /environments'), { ...environment, baseUrl: `https://user:${apiKey}@host.test` });
  await send(door('POST /environments'), { ...environment, name: 5, nobodyKnows: apiKey });
  await send(door('POST /environments'), JSON.stringify(environment).slice(0, -1));
  await send(door('POST /environments'), { ...environment, name: 'Away', baseUrl: 'https://away.test' });
  await send(door('POST /environments/test-connection'), { provider: 'fake', baseUrl, apiKey });
  await send(door('POST /environments/test-connection'), { provider: 'fake', baseUrl: 'https://away.test', apiKey });
  await send(door('PUT /environments/{id}'), { apiKey }, adminOf(tenant), made.json.id);

  const account = { email: 'canary@example.test', name: 'Canary', password: PASSWORD };
  await send(door('POST /auth/sign-up'), account, anonymous);
  await send(door('POST /auth/sign-up'), { ...account, email: 'no address' }, anonymous);
  await send(door('POST /auth/sign-up'), JSON.stringify(account).slice(0, -1), anonymous);
  expect((await send(door('POST /auth/password'), { newPassword: PASSWORD })).status).toBeLessThan(300);
  await send(door('POST /auth/password'), { currentPassword: NEXT_PASSWORD, newPassword: PASSWORD });
  await send(door('POST /auth/password'), { currentPassword: PASSWORD, newPassword: NEXT_PASSWORD });
  await send(door('POST /auth/password/reset'), { token: 'none', password: NEXT_PASSWORD }, anonymous);

  for (const flat of doors) {
    // A door may end the session that asks, or remove what was planted.
    const as = withKey('key', tenant.apiKey);
    const response = await knock(flat, { as, id: flat.method === 'DELETE' ? undefined : made.json.id });
    replies.push(await response.text());
  }
  await failWithSecrets();
}

/** A failure of ours whose error carries what it should not. */
async function failWithSecrets(): Promise<void> {
  const failing = operation({
    name: 'canary.fail',
    summary: 'Fails',
    input: z.object({}),
    output: z.object({}),
    status: 200,
    permission: 'public',
    effect: 'read',
    run: (ctx) => {
      ctx.log.warn({ apiKey: instance.apiKey, nested: { password: PASSWORD } }, 'about to fail');
      const cause = new Error(`Authorization: Bearer ${tenant.apiKey}`);
      throw new Error(
        `GET https://user:${tenant.people.admin.sessionToken}@host.test answered for ${instance.apiKey}`,
        { cause },
      );
    },
  });
  const handler = routes({ GET: failing }).GET as unknown as FlatDoor['door'];
  const flat = {
    door: handler,
    operation: failing,
    method: 'GET' as const,
    path: '/canary',
    parameters: [],
    fields: {},
  };
  const response = await knock({ ...flat, name: 'canary' }, { as: anonymous });
  expect(response.status).toBe(500);
  replies.push(await response.text());
}

const found = (texts: readonly string[]) =>
  Object.entries(canaries).flatMap(([name, canary]) =>
    texts.filter((text) => text.includes(canary)).map((text) => `${name}: ${text.slice(0, 200)}`),
  );

test('no reply holds a secret', () => {
  expect(replies.length).toBeGreaterThan(doors.length);
  expect(found(replies)).toEqual([]);
});

test('no log line holds a secret, not even when an error does', () => {
  expect(logged.some((line) => line.includes('about to fail'))).toBe(true);
  expect(found(logged)).toEqual([]);
});

test('no column of any table holds a secret', async () => {
  const rows = await asOwner(async (sql) => {
    const { rows: tables } = await sql.query(
      `SELECT format('%I', relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    await sql.query('SET LOCAL ROLE n8nops_platform');
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql.query(`SELECT row_to_json(t)::text AS text FROM ${name} t`);
      texts.push(...rows.map(({ text }) => `${name} ${text}`));
    }
    return texts;
  }, database.url);
  const inTable = (name: string) => rows.filter((row) => row.startsWith(`${name} `));
  for (const table of ['audit_events', 'secrets', 'sessions', 'api_keys', 'users']) {
    expect([table, inTable(table).length > 0]).toEqual([table, true]);
  }
  expect(found(rows)).toEqual([]);
});

test('the secret that was planted is there, and opens only where it belongs', async () => {
  const secret = await kernel.database.asTenant(tenant.id, (db) => db.secret.findFirstOrThrow());
  const place = { tenantId: tenant.id, kind: secret.kind, id: secret.id };
  expect(kernel.ports.vault.open(secret, place)).toBe(instance.apiKey);
});
