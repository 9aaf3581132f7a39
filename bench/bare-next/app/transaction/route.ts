import { connections, LIST } from '../connection';

const CALLER = `
  SELECT k.id, k.name, k.scopes, t.id AS tenant_id, t.slug, t.plan_key, m.role::text FROM api_keys k
  JOIN tenants t ON t.id = k.tenant_id JOIN memberships m ON m.tenant_id = k.tenant_id AND m.user_id = k.created_by
  WHERE k.tenant_id = $1 LIMIT 1`;
const ENVIRONMENTS = 'SELECT id, name, slug, class, synced_at FROM environments WHERE tenant_id = $1';
const COUNT = 'SELECT count(*)::int AS total FROM workflows WHERE tenant_id = $1 AND NOT archived';

/** What the product asks to answer the same list, in one transaction: who calls, the page, its environments, how many. */
export async function GET(request: Request): Promise<Response> {
  const tenant = new URL(request.url).searchParams.get('tenant');
  const client = await connections().connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant', $1, true)`, [tenant]);
    await client.query(CALLER, [tenant]);
    const { rows } = await client.query(LIST, [tenant]);
    await client.query(ENVIRONMENTS, [tenant]);
    const counted = await client.query(COUNT, [tenant]);
    await client.query('COMMIT');
    return Response.json({ items: rows, total: counted.rows[0].total });
  } finally {
    client.release();
  }
}
