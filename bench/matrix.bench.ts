import pg from 'pg';
import { getMatrix } from '@/lib/features/change/lineages/matrix-operations';
import type { Scope } from '../scripts/command.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { type BenchTenant, newBenchTenant } from './house/database.ts';
import { call, openHouse } from './house/in-process.ts';
import { percentile } from './house/timing.ts';

const LINEAGES = 2_000;
const ENVIRONMENTS = 10;
const REQUESTS = 60;
const WARM_UP = 15;
const GOAL_MS = 100;

/** What people ask of the page; `:environment` is one of them. */
const QUERIES: Record<string, object> = {
  'worst first': {},
  'last page': { page: 40 },
  'by name': { sort: 'name' },
  'drifted in one environment': { environmentId: ':environment', state: 'drifted' },
  'search, one hit': { search: 'Lineage 1777' },
  'search, many hits': { search: 'Lineage' },
};

/** Every environment has every lineage; one in ten differs, one in fifty is missing, one in a hundred drifts. */
async function link(databaseUrl: string, tenant: BenchTenant): Promise<string> {
  const sql = new pg.Client({ connectionString: databaseUrl, options: '-c role=n8nops_platform' });
  await sql.connect();
  try {
    const { rows } = await sql.query(ENVIRONMENT_ROWS, [tenant.id, ENVIRONMENTS]);
    await sql.query(LINEAGE_ROWS, [tenant.id, LINEAGES]);
    await sql.query(WORKFLOW_ROWS, [tenant.id]);
    await sql.query(LINK_ROWS, [tenant.id]);
    // As autovacuum does within the minute; only an owner may.
    await sql.query('SET ROLE NONE');
    await sql.query('ANALYZE environments, lineages, workflows, workflow_links');
    return rows[0].id;
  } finally {
    await sql.end();
  }
}

const ENVIRONMENT_ROWS = `
  INSERT INTO environments (id, tenant_id, name, slug, class, base_url, secret_id, api_key_hint, synced_at, updated_at)
  SELECT gen_random_uuid(), $1, 'Environment ' || n, 'environment-' || n,
    (CASE WHEN n = 1 THEN 'dev' WHEN n < 4 THEN 'staging' ELSE 'production' END)::environment_class,
    'http://localhost:1', gen_random_uuid(), '…', now(), now()
  FROM generate_series(1, $2::int) AS n RETURNING id`;
const LINEAGE_ROWS = `
  INSERT INTO lineages (id, tenant_id, slug, name, updated_at)
  SELECT gen_random_uuid(), $1, 'lineage-' || n, 'Lineage ' || n, now() FROM generate_series(1, $2::int) AS n`;
const WORKFLOW_ROWS = `
  INSERT INTO workflows (id, tenant_id, environment_id, n8n_id, name, active, presence, tags, node_count, triggers,
    complexity, logic_digest, layout_digest, settings_digest, shape_digest, unpublished_changes, n8n_updated_at, seen_at,
    updated_at)
  SELECT gen_random_uuid(), $1, environments.id, lineages.slug, lineages.name, true,
    (CASE WHEN random() < 0.02 THEN 'missing' ELSE 'present' END)::presence, '{}', 12, '{}', 'simple',
    encode(sha256((lineages.id::text || environments.id)::bytea), 'hex'), 'l', 's',
    encode(sha256((lineages.id::text || (random() < 0.1))::bytea), 'hex'), false, now(), now(), now()
  FROM lineages JOIN environments USING (tenant_id) WHERE tenant_id = $1 AND environments.slug LIKE 'environment-%'`;
const LINK_ROWS = `
  INSERT INTO workflow_links (workflow_id, tenant_id, environment_id, lineage_id, status, method, actor, drift_class)
  SELECT workflows.id, $1, environment_id, lineages.id, 'linked', 'shape', '{}',
    CASE WHEN random() < 0.01 THEN 'edited' END
  FROM workflows JOIN lineages ON lineages.tenant_id = $1 AND lineages.slug = workflows.n8n_id
  WHERE workflows.tenant_id = $1`;

async function run(scope: Scope): Promise<Measurement[]> {
  const databaseUrl = await openHouse(scope);
  const tenant = await newBenchTenant(databaseUrl, { workflows: 0 });
  const environment = await link(databaseUrl, tenant);
  const whole = await call(tenant, getMatrix, {});
  if (whole.total !== LINEAGES || whole.items.some(({ cells }) => cells.filter(Boolean).length !== ENVIRONMENTS))
    throw new Error('The matrix does not show every lineage in every environment.');
  const measurements: Measurement[] = [];
  for (const [name, query] of Object.entries(QUERIES)) {
    const input = 'environmentId' in query ? { ...query, environmentId: environment } : query;
    const durations: number[] = [];
    for (let at = -WARM_UP; at < REQUESTS; at += 1) {
      const started = performance.now();
      await call(tenant, getMatrix, input, at + WARM_UP);
      if (at >= 0) durations.push(performance.now() - started);
    }
    measurements.push({ name: `${name}, p95`, value: percentile(durations, 0.95), unit: 'ms', goal: GOAL_MS });
  }
  return measurements;
}

export default {
  title: `the matrix of ${LINEAGES.toLocaleString('en')} lineages × ${ENVIRONMENTS} environments through its operation, one after the other`,
  run,
} satisfies Benchmark;
