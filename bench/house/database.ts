import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ROLE_PERMISSIONS } from '@/lib/core/permissions';
import { mintApiKey } from '@/lib/features/identity/api-keys/secret';
import { hashSessionToken, mintSessionToken } from '@/lib/features/identity/sessions/model';

export type BenchTenant = {
  id: string;
  slug: string;
  sessionToken: string;
  environments: string[];
  /** Several, since each may ask 600 times a minute. */
  apiKeys: string[];
};

/** Somebody to ask as, with `workflows` workflows in two environments. Written straight into the tables. */
export async function newBenchTenant(databaseUrl: string, { workflows }: { workflows: number }): Promise<BenchTenant> {
  const sql = new pg.Client({ connectionString: databaseUrl, options: '-c role=n8nops_platform' });
  await sql.connect();
  try {
    const id = randomUUID();
    const slug = `bench-${id.slice(0, 8)}`;
    await sql.query(
      `INSERT INTO tenants (id, slug, name, plan_key, onboarded_at, updated_at) VALUES ($1, $2, $2, 'self-hosted', now(), now())`,
      [id, slug],
    );
    const caller = await newCaller(sql, id, slug);
    const environments = [await newEnvironment(sql, id, 'dev'), await newEnvironment(sql, id, 'production')];
    await sql.query(WORKFLOWS, [id, environments, workflows]);
    await sql.query('ANALYZE').catch(() => undefined);
    return { id, slug, environments, ...caller };
  } finally {
    await sql.end();
  }
}

async function newCaller(sql: pg.Client, tenantId: string, slug: string) {
  const userId = randomUUID();
  await sql.query(`INSERT INTO users (id, email, name, updated_at) VALUES ($1, $2, 'Bench', now())`, [
    userId,
    `${slug}@example.test`,
  ]);
  await sql.query(
    `INSERT INTO memberships (id, tenant_id, user_id, role, updated_at) VALUES (gen_random_uuid(), $1, $2, 'admin', now())`,
    [tenantId, userId],
  );
  const sessionToken = mintSessionToken();
  await sql.query(
    `INSERT INTO sessions (id, public_id, user_id, method, expires_at) VALUES ($1, gen_random_uuid(), $2, 'bench', now() + interval '1 day')`,
    [hashSessionToken(sessionToken), userId],
  );
  const apiKeys = Array.from({ length: 5 }, mintApiKey);
  for (const { hash, prefix } of apiKeys) {
    await sql.query(
      `INSERT INTO api_keys (id, tenant_id, name, prefix, hash, scopes, created_by) VALUES (gen_random_uuid(), $1, 'bench', $2, $3, $4, $5)`,
      [tenantId, prefix, hash, [...ROLE_PERMISSIONS.admin], userId],
    );
  }
  return { sessionToken, apiKeys: apiKeys.map(({ key }) => key) };
}

async function newEnvironment(sql: pg.Client, tenantId: string, tier: string): Promise<string> {
  const { rows } = await sql.query(
    `INSERT INTO environments (id, tenant_id, name, slug, class, base_url, secret_id, api_key_hint, connection_status, synced_at, next_sync_at, updated_at)
     VALUES (gen_random_uuid(), $1, $2::text, $2::text, $2::text::environment_class, 'http://localhost:1', gen_random_uuid(), '…', 'connected', now(), now() + interval '1 day', now())
     RETURNING id`,
    [tenantId, tier],
  );
  return rows[0].id;
}

/** Names of a few words, tags and triggers as shops have them. */
const WORKFLOWS = `
  INSERT INTO workflows (id, tenant_id, environment_id, n8n_id, name, active, tags, node_count, triggers, complexity,
    logic_digest, layout_digest, settings_digest, unpublished_changes, n8n_created_at, n8n_updated_at, seen_at, updated_at)
  SELECT gen_random_uuid(), $1, ($2::uuid[])[1 + n % 2], 'w' || n,
    (ARRAY['Sync orders', 'Price watch', 'Notify customers', 'Import invoices', 'Clean up'])[1 + n % 5] || ' '
      || (ARRAY['Berlin', 'Paris', 'Oslo', 'Lima', 'Osaka', 'Quito', 'Turin'])[1 + n % 7] || ' ' || n,
    n % 3 = 0, ARRAY[(ARRAY['shop', 'finance', 'support', 'internal'])[1 + n % 4]], 3 + n % 40,
    ARRAY[(ARRAY['webhook', 'schedule', 'manual'])[1 + n % 3]], 'simple',
    md5(n::text), md5(n::text), md5(n::text), n % 11 = 0, now() - n * interval '1 hour', now() - n * interval '1 minute', now(), now()
  FROM generate_series(1, $3::int) AS n`;

/** One workflow with its JSON, active with what `published` holds. Returns its id. */
export async function addWorkflow(databaseUrl: string, tenant: BenchTenant, draft: Body, published: Body) {
  const sql = new pg.Client({ connectionString: databaseUrl, options: '-c role=n8nops_platform' });
  await sql.connect();
  try {
    const { rows } = await sql.query(WORKFLOW, [tenant.id, tenant.environments[1], draft.name, draft.nodes.length]);
    await sql.query('INSERT INTO workflow_bodies (workflow_id, tenant_id, draft, published) VALUES ($1, $2, $3, $4)', [
      rows[0].id,
      tenant.id,
      JSON.stringify(draft),
      JSON.stringify(published),
    ]);
    return rows[0].id as string;
  } finally {
    await sql.end();
  }
}

type Body = { name: string; nodes: readonly unknown[] };

const WORKFLOW = `
  INSERT INTO workflows (id, tenant_id, environment_id, n8n_id, name, active, tags, node_count, triggers, complexity,
    logic_digest, layout_digest, settings_digest, unpublished_changes, seen_at, updated_at)
  VALUES (gen_random_uuid(), $1, $2, gen_random_uuid()::text, $3, true, '{}', $4, '{}', 'complex', 'l', 'l', 's', true, now(), now())
  RETURNING id`;
