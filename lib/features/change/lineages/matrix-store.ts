import type { z } from 'zod';
import { toPage } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import { noSql, type Sql, sql } from '@/lib/kernel/db/sql';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { CELL_STATES, type CellState } from './model';
import type { GetMatrix, MatrixCell, MatrixEnvironment, MatrixRow } from './schema';

type Query = z.output<typeof GetMatrix>;
type Answer = {
  total: number;
  rows: {
    id: string;
    slug: string;
    name: string;
    worst: number;
    cells: (Omit<MatrixCell, 'state'> & { state: number })[];
  }[];
  counts: { environmentId: string; state: number; count: number }[];
};

/** A state's weight: what is worse comes first. */
const weightOf = (state: CellState): number => CELL_STATES.length - 1 - CELL_STATES.indexOf(state);
const stateOf = (weight: number): CellState => CELL_STATES[CELL_STATES.length - 1 - weight]!;

/** One page of lineages × environments, in one statement; the environments themselves are few and read apart. */
export async function readMatrix(db: TenantDb, query: Query) {
  const environments = await db.environment.findMany({
    select: { ...REF, syncedAt: true, connectionStatus: true },
    orderBy: [{ class: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
  const ids = environments.map(({ id }) => id);
  const [answer] = await db.$queryRaw<[Answer]>(matrixStatement(query, ids));
  const rows = answer.rows.map(({ id, slug, name, worst, cells }): MatrixRow => {
    const byEnvironment = new Map(cells.map((cell) => [cell.environmentId, { ...cell, state: stateOf(cell.state) }]));
    return {
      lineage: { id, slug, name },
      worst: stateOf(worst),
      cells: ids.map((environmentId) => byEnvironment.get(environmentId) ?? null),
    };
  });
  const columns = environments.map(
    ({ syncedAt, connectionStatus, ...environment }): MatrixEnvironment => ({
      environment: toRef(environment),
      syncedAt: syncedAt?.toISOString() ?? null,
      connectionStatus,
      counts: countsOf(answer.counts.filter(({ environmentId }) => environmentId === environment.id)),
    }),
  );
  return { ...toPage(rows, answer.total, query), environments: columns };
}

function countsOf(counted: Answer['counts']): MatrixEnvironment['counts'] {
  const counts = new Map(counted.map(({ state, count }) => [stateOf(state), count]));
  return Object.fromEntries(CELL_STATES.map((state) => [state, counts.get(state) ?? 0])) as MatrixEnvironment['counts'];
}

/**
 * Ranks lineages by their cells; only the page's cells fetch what is shown. Each part is made once, whatever the planner
 * guesses of the others: on a late page it would expect one row of `shown`, and picture all cells anew for each of it.
 */
function matrixStatement({ search, sort, page, pageSize, ...filter }: Query, environments: readonly string[]) {
  // Apart from the join: a guess at how many names match would choose how it is made.
  const named = search ? sql`WHERE name ILIKE ${`%${literally(search)}%`} OR slug = ${search}` : noSql;
  return sql`
    WITH ${weighedCells(environments, filter.sourceEnvironmentId)},
    scored AS MATERIALIZED (
      SELECT lineages.id, lineages.slug, lineages.name, worst, bad
      FROM (SELECT lineage_id, max(state) AS worst, count(*) FILTER (WHERE state > ${weightOf('unknown')}) AS bad
            FROM weighed GROUP BY lineage_id HAVING ${kept(filter, environments.length)}) AS kept
        JOIN lineages ON lineages.id = kept.lineage_id
    ), ranked AS MATERIALIZED (
      SELECT * FROM scored ${named}
    ), shown AS MATERIALIZED (
      SELECT id, slug, name, worst, row_number() OVER (ORDER BY ${ORDER[sort]}, id) AS at
      FROM ranked ORDER BY at LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}
    ), pictured AS MATERIALIZED (
      SELECT weighed.lineage_id, json_agg(${CELL}) AS cells
      FROM weighed JOIN workflow_links l ON l.workflow_id = weighed.workflow_id
        JOIN workflows w ON w.id = weighed.workflow_id
      WHERE weighed.lineage_id IN (SELECT id FROM shown) GROUP BY weighed.lineage_id
    )
    SELECT (SELECT count(*)::int FROM ranked) AS total,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'name', name, 'worst', worst, 'cells', cells)
        ORDER BY at), '[]') FROM shown JOIN pictured ON pictured.lineage_id = shown.id) AS rows,
      (SELECT coalesce(json_agg(json_build_object('environmentId', environment_id, 'state', state, 'count', count)), '[]')
        FROM (SELECT environment_id, state, count(*) FROM weighed GROUP BY 1, 2) AS counted) AS counts`;
}

/**
 * Every linked workflow against its lineage's source, as `weighed`: equal is also what a release made of the source, with
 * the credentials and values that were chosen for it. Digests go as 64-bit hashes, and the source is found
 * by grouping, not by sorting: with tens of thousands of cells that is what takes the time. `at` is an environment's
 * place; one whose workflow is gone is the last to be the source.
 */
function weighedCells(environments: readonly string[], source: string | undefined): Sql {
  const order = source ? [source, ...environments.filter((id) => id !== source)] : environments;
  return sql`
    cells AS MATERIALIZED (
      SELECT l.lineage_id, l.environment_id, l.workflow_id, l.drift_class IS NOT NULL AS drifts,
        w.presence = 'missing' AS gone, columns.at::int + CASE w.presence WHEN 'missing' THEN ${GONE} ELSE 0 END AS at,
        hashtextextended(w.logic_digest, 0) AS logic, hashtextextended(w.shape_digest, 0) AS shape,
        hashtextextended(CASE w.logic_digest WHEN l.released_logic THEN l.origin_logic ELSE w.logic_digest END, 0) AS origin
      FROM workflow_links l JOIN workflows w ON w.id = l.workflow_id
        JOIN unnest(${[...order]}::uuid[]) WITH ORDINALITY AS columns(id, at) ON columns.id = l.environment_id
      WHERE l.status = 'linked'
    ), sources AS MATERIALIZED (
      SELECT cells.* FROM cells
        JOIN (SELECT lineage_id, min(at) AS at FROM cells GROUP BY lineage_id) AS first USING (lineage_id, at)
    ), weighed AS MATERIALIZED (
      SELECT c.lineage_id, c.environment_id, c.workflow_id, CASE
        WHEN c.gone THEN ${weightOf('missing')}
        WHEN c.drifts THEN ${weightOf('drifted')}
        WHEN c.at = s.at THEN ${weightOf('source')}
        WHEN c.logic = s.logic OR c.shape = s.shape OR c.origin = s.origin THEN ${weightOf('same')}
        WHEN c.shape IS NULL OR s.shape IS NULL THEN ${weightOf('unknown')}
        ELSE ${weightOf('differs')} END AS state
      FROM cells c JOIN sources s ON s.lineage_id = c.lineage_id
    )`;
}

/** Behind every environment that has the workflow. */
const GONE = 1_000_000;

const ORDER: Record<string, Sql> = {
  name: sql`name`,
  '-name': sql`name DESC`,
  worst: sql`worst, bad, name`,
  '-worst': sql`worst DESC, bad DESC, name`,
};

const CELL = sql`json_build_object('environmentId', weighed.environment_id, 'workflowId', w.id, 'n8nId', w.n8n_id,
  'name', w.name, 'state', weighed.state, 'active', w.active, 'archived', w.archived,
  'unpublishedChanges', w.unpublished_changes, 'driftClass', l.drift_class,
  'changedAt', to_char(w.n8n_updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

/** Which lineages stay, by their cells. */
function kept({ environmentId, state }: Pick<Query, 'environmentId' | 'state'>, environments: number): Sql {
  const there = environmentId ? sql`environment_id = ${environmentId}::uuid` : sql`true`;
  if (state === 'absent') {
    return environmentId ? sql`NOT bool_or(${there})` : sql`count(*) < ${environments}`;
  }
  return state ? sql`bool_or(${there} AND state = ${weightOf(state)})` : sql`bool_or(${there})`;
}
