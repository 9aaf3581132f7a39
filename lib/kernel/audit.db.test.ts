import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '@/lib/testing/database-owner';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import type { Kernel } from './kernel';
import { tenantTransaction } from './tenant-transaction';
import { verifyAuditChain } from './verify-audit';

let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
});
afterAll(() => closeHouse(kernel));

const LINKS = 5;
const verify = (tenantId: string) => verifyAuditChain(kernel.database.asPlatform, tenantId);

function write(tenantId: string, label: string, times = 1) {
  const author = { actor: { type: 'system' as const, id: null, label: 'test' }, requestId: randomUUID() };
  return tenantTransaction({ database: kernel.database, tenantId, author, action: 'thing.changed' }, async (db) => {
    for (let count = 0; count < times; count += 1) {
      db.audit({ target: { type: 'thing', id: label }, details: { nested: { z: 1, a: [label, null] }, label } });
    }
  });
}

async function chainOf(links: number): Promise<string> {
  const { id } = await newTenant(kernel);
  for (let link = 0; link < links; link += 1) await write(id, `thing ${link}`);
  return id;
}

test('an untouched chain verifies from its start to its head', async () => {
  const tenant = await chainOf(LINKS);
  expect(await verify(tenant)).toEqual({ intact: true, length: BigInt(LINKS) });
});

test('a tenant that did nothing has an intact, empty chain', async () => {
  expect(await verify((await newTenant(kernel)).id)).toEqual({ intact: true, length: 0n });
});

test('a tenant can verify its own chain', async () => {
  const tenant = await chainOf(2);
  const verdict = await verifyAuditChain((work) => kernel.database.asTenant(tenant, work), tenant);
  expect(verdict).toEqual({ intact: true, length: 2n });
});

/** What somebody with the database in hand could do; our roles may not. */
const TAMPERINGS: [name: string, brokenAt: bigint, sql: string][] = [
  ['an edited field', 3n, `UPDATE audit_events SET actor_label = 'somebody else' WHERE seq = 3 AND tenant_id = $1`],
  [
    'an edited detail',
    2n,
    `UPDATE audit_events SET details = details || '{"label":"x"}' WHERE seq = 2 AND tenant_id = $1`,
  ],
  ['a moved time', 4n, `UPDATE audit_events SET at = at - interval '1 ms' WHERE seq = 4 AND tenant_id = $1`],
  ['a deleted row', 3n, 'DELETE FROM audit_events WHERE seq = 3 AND tenant_id = $1'],
  ['a deleted first row', 1n, 'DELETE FROM audit_events WHERE seq = 1 AND tenant_id = $1'],
  ['a cut tail', 4n, 'DELETE FROM audit_events WHERE seq > 3 AND tenant_id = $1'],
  ['a removed chain', 1n, 'DELETE FROM audit_events WHERE tenant_id = $1'],
  [
    'an inserted row at the end',
    6n,
    `INSERT INTO audit_events SELECT tenant_id, 6, gen_random_uuid(), at, actor_type, actor_id, actor_label, action, outcome,
       target_type, target_id, target_label, details, request_id, hash, hash FROM audit_events WHERE seq = 5 AND tenant_id = $1`,
  ],
  [
    'an inserted row in between',
    3n,
    `UPDATE audit_events SET seq = seq + 100 WHERE seq >= 3 AND tenant_id = $1;
     INSERT INTO audit_events SELECT tenant_id, 3, gen_random_uuid(), at, actor_type, actor_id, actor_label, action, outcome,
       target_type, target_id, target_label, details, request_id, hash, hash FROM audit_events WHERE seq = 2 AND tenant_id = $1`,
  ],
  [
    'two rows that changed places',
    2n,
    'UPDATE audit_events SET seq = CASE seq WHEN 2 THEN 1003 WHEN 3 THEN 2 ELSE seq END WHERE seq IN (2, 3) AND tenant_id = $1',
  ],
];

describe('verification finds', () => {
  test.each(TAMPERINGS)('%s', async (_name, brokenAt, sql) => {
    const tenant = await chainOf(LINKS);
    await asOwner(async (owner) => {
      await owner.query('GRANT UPDATE, DELETE ON audit_events TO n8nops_platform');
      await owner.query('SET LOCAL ROLE n8nops_platform');
      for (const statement of sql.split(';')) await owner.query(statement, [tenant]);
      await owner.query('RESET ROLE');
      await owner.query('REVOKE UPDATE, DELETE ON audit_events FROM n8nops_platform');
    });
    expect(await verify(tenant)).toMatchObject({ intact: false, brokenAt });
  });
});

test('concurrent writers keep one chain', async () => {
  const { id } = await newTenant(kernel);
  await Promise.all(Array.from({ length: 40 }, (_, writer) => write(id, `writer ${writer}`, 1 + (writer % 3))));
  const rows = 40 + 13 + 2 * 13;
  expect(await verify(id)).toEqual({ intact: true, length: BigInt(rows) });
});

test('verification under traffic never calls an intact chain broken', async () => {
  const { id } = await newTenant(kernel);
  const writing = Promise.all(Array.from({ length: 30 }, (_, writer) => write(id, `writer ${writer}`)));
  const verdicts = [];
  for (let look = 0; look < 10; look += 1) verdicts.push(await verify(id));
  await writing;
  expect(verdicts.every(({ intact }) => intact)).toBe(true);
});

test('what a transaction undoes leaves no row and no hole', async () => {
  const tenant = await chainOf(1);
  const author = { actor: { type: 'system' as const, id: null, label: 'test' }, requestId: 'r' };
  const undone = tenantTransaction({ database: kernel.database, tenantId: tenant, author, action: 'a' }, async (db) => {
    db.audit({});
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await write(tenant, 'after');
  expect(await verify(tenant)).toEqual({ intact: true, length: 2n });
});

test('no role of the product can change or remove an audit row', async () => {
  const tenant = await chainOf(2);
  const attempts = [kernel.database.asPlatform, kernel.database.asTenant.bind(null, tenant)] as const;
  for (const enter of attempts) {
    await expect(enter((db) => db.auditEvent.deleteMany({ where: { tenantId: tenant } }))).rejects.toThrow();
    await expect(enter((db) => db.auditEvent.updateMany({ data: { outcome: 'denied' } }))).rejects.toThrow();
  }
  expect(await verify(tenant)).toEqual({ intact: true, length: 2n });
});
