import type { Transaction } from '@/lib/kernel/db/database';

export type TenantTable = {
  name: string;
  /** The key column besides tenant_id: what its rows are walked by. */
  key: string;
  /** Tables whose rows refer to this one's. */
  referredBy: string[];
};

/**
 * Every table that belongs to a tenant, from the database's own catalogue: what a later chapter adds is exported and
 * deleted without anybody thinking of it.
 */
export function tenantTables(db: Transaction): Promise<TenantTable[]> {
  return db.$queryRaw<TenantTable[]>`
    SELECT c.relname AS name,
      (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
       WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY a.attname = 'tenant_id', a.attnum LIMIT 1) AS key,
      ARRAY(SELECT DISTINCT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.conrelid
            WHERE f.confrelid = c.oid AND f.contype = 'f' AND r.oid <> c.oid) AS "referredBy"
    FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id'
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    ORDER BY c.relname`;
}

/** Those that are referred to come after those that refer to them. */
export function childrenFirst(tables: readonly TenantTable[]): TenantTable[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered = new Set<TenantTable>();
  const seen = new Set<string>();
  const visit = (table: TenantTable): void => {
    if (seen.has(table.name)) return;
    seen.add(table.name);
    for (const child of table.referredBy) {
      const next = byName.get(child);
      if (next) visit(next);
    }
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
}
