import type { Download } from '@/lib/core/files';
import type { Transaction } from '@/lib/kernel/db/database';
import { type TenantTable, tenantTables } from './tables';

type Read = <T>(work: (db: Transaction) => Promise<T>) => Promise<T>;

/** What is sealed, derived or in passing, and so no data of the tenant's. */
const LEFT_OUT = new Set(['secrets', 'outbox_events', 'audit_heads', 'workflow_holds']);
/** Columns that open something, or mean nothing elsewhere. */
const HIDDEN = ['tenant_id', 'hash', 'prev_hash', 'token_hash', 'secret_id', 'key_id', 'input', 'checkpoint'];
const BATCH = 100;

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * One JSON document, streamed: `{tenant, people, <table>: [...]}`. Read a batch at a time as the tenant itself, so
 * row-level security is what decides whose data it is.
 */
export function exportTenantData(read: Read, tenant: { id: string; slug: string; name: string }): Download {
  const parts = document(read, tenant);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return();
    },
  });
  return { filename: `${tenant.slug}.json`, contentType: 'application/json', body };
}

async function* document(read: Read, tenant: object): AsyncGenerator<string, void, void> {
  yield `{"exportedAt":${JSON.stringify(new Date())},"tenant":${JSON.stringify(tenant)}`;
  const people = await read((db) => db.user.findMany({ select: { id: true, email: true, name: true } }));
  yield `,"people":${JSON.stringify(people)}`;
  const tables = (await read(tenantTables)).filter(({ name }) => !LEFT_OUT.has(name));
  for (const table of tables) {
    yield `,${JSON.stringify(camel(table.name))}:[`;
    let separator = '';
    for await (const row of rowsOf(read, table)) {
      yield `${separator}\n${JSON.stringify(row)}`;
      separator = ',';
    }
    yield ']';
  }
  yield '}\n';
}

async function* rowsOf(read: Read, table: TenantTable): AsyncGenerator<object> {
  let after: string | null = null;
  for (;;) {
    const rows: Keyed[] = await readBatch(read, table, after);
    for (const { row } of rows) {
      yield Object.fromEntries(Object.entries(row).map(([column, value]) => [camel(column), value]));
    }
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.key;
  }
}

type Keyed = { key: string; row: Record<string, unknown> };

/** Names come from the catalogue and are quoted; nothing a caller sent is part of the statement. */
const readBatch = (read: Read, { name, key }: TenantTable, after: string | null): Promise<Keyed[]> =>
  read((db) =>
    db.$queryRawUnsafe<Keyed[]>(
      `SELECT "${key}"::text AS key, to_jsonb(t) - $1::text[] AS row FROM "${name}" t
       WHERE $2::text IS NULL OR "${key}" > ($2::text)::${key === 'seq' ? 'bigint' : 'uuid'}
       ORDER BY "${key}" LIMIT ${BATCH}`,
      HIDDEN,
      after,
    ),
  );
