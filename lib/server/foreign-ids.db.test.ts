import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TENANT_PERMISSIONS } from '@/lib/core/permissions';
import { FEATURES } from '@/lib/core/plans';
import type { Kernel } from '@/lib/kernel/kernel';
import type { Principal } from '@/lib/kernel/principal';
import { asOwner } from '@/lib/testing/database-owner';
import { everyFlatDoor } from '@/lib/testing/doors';
import { callerOf, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { takesId } from '@/lib/testing/minimal-input';
import { type Planted, plantRows } from '@/lib/testing/planted-rows';
import { adminOf, comparable, expectManners, inputOf, knock } from '@/lib/testing/requests';

const doors = await everyFlatDoor();
const pointing = doors.filter(({ parameters, fields }) => parameters.length > 0 || Object.values(fields).some(takesId));

let kernel: Kernel;
let theirs: TestTenant;
let planted: Planted;
let before: string;
beforeAll(async () => {
  kernel = openHouse();
  kernel.rateLimiter.consume = async () => {};
  theirs = await newTenant(kernel);
  planted = await plantRows(theirs);
  before = await everythingOf(theirs.id);
});
afterAll(() => closeHouse(kernel));

/** What is not there is named by the field that asked for it, where no address did. */
function expectNamed({ fields }: (typeof doors)[number], text: string): void {
  if (!text.startsWith('404 ')) return;
  const { errors } = JSON.parse(text.slice('404 '.length));
  expect(Object.keys(fields)).toContain(errors?.[0]?.path.split('.')[0]);
}

/** All rows of a tenant as text. When a session was last seen is nobody's secret and no change. */
function everythingOf(tenantId: string): Promise<string> {
  return asOwner(async (sql) => {
    await sql.query('SET LOCAL ROLE n8nops_platform');
    const tables: string[] = [];
    for (const table of planted.tables) {
      const { rows } = await sql.query(`SELECT t::text AS row FROM ${table} t WHERE tenant_id = $1 ORDER BY 1`, [
        tenantId,
      ]);
      tables.push(`${table}\n${rows.map(({ row }) => row).join('\n')}`);
    }
    return tables.join('\n');
  });
}

describe('an id of another tenant answers like one that does not exist:', () => {
  test.each(pointing)('$name', async (flat) => {
    const asker = adminOf(await newTenant(kernel));
    const answers = new Map<string, string>();
    for (const id of [randomUUID(), ...planted.ids]) {
      const response = await knock(flat, { as: asker, id, withOptionalIds: true });
      expectManners(response);
      const text = await comparable(response, id);
      expect(text).not.toContain(planted.marker);
      // What was made has an id and a time of its own; what matters is that it was made alike.
      answers.set(id, response.ok ? String(response.status) : text);
    }
    const [missing, ...foreign] = answers.values();
    if (flat.parameters.length === 0) expectNamed(flat, missing!);
    expect(foreign).toEqual(foreign.map(() => missing));
    expect(missing).not.toMatch(/^500/);
  });
});

describe('with every check of our own switched off, row-level security alone leaks nothing:', () => {
  const almighty = ({ id, slug, people }: TestTenant): Principal => ({
    actor: { type: 'user', id: people.viewer.id, label: 'almighty' },
    tenant: { id, slug, name: slug },
    role: 'viewer',
    permissions: new Set(TENANT_PERMISSIONS),
    features: new Set(FEATURES),
    limits: null,
  });
  const ofTenants = doors.filter(({ operation }) => TENANT_PERMISSIONS.includes(operation.permission as never));

  test.each(ofTenants)('$name', async (flat) => {
    const call = callerOf(kernel, almighty(await newTenant(kernel)));
    for (const id of planted.ids) {
      const parameters = Object.fromEntries(flat.parameters.map((name) => [name, id]));
      const outcome = await call(flat.operation, { ...inputOf(flat, id, true), ...parameters }).catch((error) => ({
        error: String(error.stack),
        kind: error.kind,
      }));
      expect(JSON.stringify(outcome) ?? '').not.toContain(planted.marker);
      expect(outcome?.kind).not.toBe('internal');
    }
  });

  test('no table shows, changes or gives away a row of another tenant', async () => {
    const ours = await newTenant(kernel);
    for (const table of planted.tables) {
      for (const statement of [
        `SELECT 1 FROM ${table} WHERE tenant_id = '${theirs.id}'`,
        `UPDATE ${table} SET tenant_id = '${ours.id}' WHERE tenant_id = '${theirs.id}' RETURNING 1`,
        `DELETE FROM ${table} WHERE tenant_id = '${theirs.id}' RETURNING 1`,
      ]) {
        const rows = await kernel.database
          .asTenant(ours.id, (db) => db.$queryRawUnsafe<unknown[]>(statement))
          .catch(() => []);
        expect([statement, rows]).toEqual([statement, []]);
      }
    }
  });
});

test('after all of that, nothing of the other tenant has changed', async () => {
  expect(await everythingOf(theirs.id)).toBe(before);
});
