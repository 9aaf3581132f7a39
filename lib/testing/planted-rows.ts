import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { asOwner } from './database-owner';
import type { TestTenant } from './house';

/** Rows of one tenant in every table that has tenants, each text in them saying whose it is. */
export type Planted = { marker: string; ids: string[]; tables: string[] };

type Column = { name: string; type: string; isRequired: boolean; element: string | null; labels: string[] | null };
type Reference = { column: string; table: string; target: string };
type Table = { name: string; columns: Column[]; references: Reference[] };

/**
 * Plants one row in every tenant table that the catalogue knows, so that a new table is covered the day it is made.
 * The rows need not make sense: they are there to be found where they must not be.
 */
export function plantRows(tenant: TestTenant): Promise<Planted> {
  const marker = `planted-${tenant.slug}`;
  return asOwner(async (sql) => {
    await sql.query('SET LOCAL ROLE n8nops_platform');
    const tables = await tenantTables(sql);
    const planted = new Map<string, Record<string, unknown>>();
    for (const table of byDependency(tables)) {
      const known = await sql.query(`SELECT * FROM ${table.name} WHERE tenant_id = $1 LIMIT 1`, [tenant.id]);
      planted.set(table.name, known.rows[0] ?? (await plant(sql, table, { tenant, marker, planted })));
    }
    const people = Object.values(tenant.people).map(({ id }) => id);
    const sessions = await sql.query('SELECT public_id FROM sessions WHERE user_id = ANY ($1::uuid[])', [people]);
    const ids = [...planted.values()].flatMap(({ id }) => (typeof id === 'string' && UUID.test(id) ? [id] : []));
    const all = [tenant.id, ...people, ...sessions.rows.map((row) => row.public_id as string), ...ids];
    return { marker, ids: [...new Set(all)], tables: [...planted.keys()] };
  });
}

type Ground = { tenant: TestTenant; marker: string; planted: Map<string, Record<string, unknown>> };

async function plant(sql: pg.Client, table: Table, ground: Ground): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> = { tenant_id: ground.tenant.id };
  for (const column of table.columns) {
    const reference = table.references.find((one) => one.column === column.name);
    if (reference?.table === table.name) continue;
    const value = reference ? await target(sql, reference, ground) : filling(column, `${ground.marker} ${table.name}`);
    if (value !== undefined && column.name !== 'tenant_id') row[column.name] = value;
  }
  const names = Object.keys(row);
  const { rows } = await sql.query(
    `INSERT INTO ${table.name} (${names.join()}) VALUES (${names.map((_, at) => `$${at + 1}`).join()}) RETURNING *`,
    Object.values(row),
  );
  return rows[0];
}

async function target(sql: pg.Client, { table, target: column }: Reference, { planted, tenant }: Ground) {
  const ours = planted.get(table)?.[column];
  if (ours) return ours;
  if (table === 'users') return tenant.people.viewer.id;
  const { rows } = await sql.query(`SELECT ${column} AS value FROM ${table} LIMIT 1`);
  return rows[0]?.value;
}

const UUID = /^[0-9a-f-]{36}$/;

/** Times lie ahead, so that nothing planted is due or expired. */
const LATER = () => new Date(Date.now() + 24 * 3_600_000);

function filling({ name, type, isRequired, element, labels }: Column, marker: string): unknown {
  if (labels) return isRequired ? labels[0] : undefined;
  if (type === 'text') return `${marker} ${name}`;
  if (element === 'text') return [`${marker} ${name}`];
  if (type.startsWith('json')) return JSON.stringify({ planted: `${marker} ${name}` });
  if (!isRequired) return undefined;
  if (type === 'uuid') return randomUUID();
  if (type === 'bool') return false;
  if (/^(int|float|numeric)/.test(type)) return 1;
  if (/^(timestamp|date)/.test(type)) return LATER();
  if (element) return [];
  throw new Error(`Nothing is known to plant in a column of type ${type}.`);
}

async function tenantTables(sql: pg.Client): Promise<Table[]> {
  const { rows } = await sql.query(`
    SELECT c.relname AS name,
      (SELECT json_agg(json_build_object('name', a.attname, 'type', t.typname,
          'isRequired', a.attnotnull AND NOT a.atthasdef, 'element', e.typname,
          'labels', (SELECT json_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)))
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = nullif(t.typelem, 0)
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      coalesce((SELECT json_agg(json_build_object('column', a.attname, 'table', k.confrelid::regclass::text, 'target', b.attname))
        FROM pg_constraint k, unnest(k.conkey, k.confkey) AS pair(here, there)
        JOIN pg_attribute a ON true JOIN pg_attribute b ON true
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attrelid = c.oid AND a.attnum = pair.here
          AND b.attrelid = k.confrelid AND b.attnum = pair.there AND a.attname <> 'tenant_id'), '[]') AS references
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id')
    ORDER BY 1`);
  return rows as Table[];
}

/** Parents first. A table that refers to itself, or round a corner, leaves that reference empty. */
function byDependency(tables: Table[]): Table[] {
  const sorted: Table[] = [];
  const seen = new Set<string>();
  const visit = (table: Table): void => {
    if (seen.has(table.name)) return;
    seen.add(table.name);
    for (const { table: parent } of table.references) {
      const found = tables.find(({ name }) => name === parent);
      if (found) visit(found);
    }
    sorted.push(table);
  };
  for (const table of tables) visit(table);
  return sorted;
}
