import pg from 'pg';

/** The list that both handlers answer: what the product's list of workflows asks of the database. */
export const LIST = `
  SELECT w.*, e.name AS environment_name, e.slug, e.class, e.synced_at FROM workflows w
  JOIN environments e ON e.tenant_id = w.tenant_id AND e.id = w.environment_id
  WHERE w.tenant_id = $1 AND NOT w.archived ORDER BY w.name, w.id LIMIT 50`;

const holder = globalThis as { bareConnections?: pg.Pool };
export const connections = (): pg.Pool => {
  holder.bareConnections ??= new pg.Pool({ connectionString: process.env.BARE_DATABASE_URL, max: 10 });
  return holder.bareConnections;
};
