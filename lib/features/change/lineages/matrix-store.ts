import type { z } from 'zod';
import { toPage } from '@/lib/core/schema';
import { REF, toRef } from '@/lib/features/connections/environments/store';
import { literally } from '@/lib/features/inventory/workflows/store';
import { Prisma } from '@/lib/kernel/db/generated/client';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { GetMatrix, MatrixCell, MatrixEnvironment, MatrixRow } from './matrix-schema';
import { CELL_STATES, type CellState } from './model';

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
 * Every linked workflow is weighed against its lineage's source by two digests, then lineages are ranked; only the
 * page's cells fetch what is shown. `environments` is the order of the columns.
 */
function matrixStatement({ search, sort, page, pageSize, ...filter }: Query, environments: readonly string[]) {
  const named = search
    ? Prisma.sql`AND (lineages.name ILIKE ${`%${literally(search)}%`} OR lineages.slug = ${search})`
    : Prisma.empty;
  const order = sort.endsWith('name')
    ? Prisma.raw(`lineages.name ${sort === 'name' ? 'ASC' : 'DESC'}`)
    : Prisma.raw(
        sort === '-worst'
          ? 'ranked.worst DESC, ranked.bad DESC, lineages.name'
          : 'ranked.worst, ranked.bad, lineages.name',
      );
  return Prisma.sql`
    WITH cells AS MATERIALIZED (
      SELECT l.lineage_id, l.environment_id, l.workflow_id, l.drift_class, w.presence, w.logic_digest, w.shape_digest,
        row_number() OVER source AS place, first_value(w.logic_digest) OVER source AS source_logic,
        first_value(w.shape_digest) OVER source AS source_shape
      FROM workflow_links l JOIN workflows w ON w.id = l.workflow_id
        JOIN lineages ON lineages.id = l.lineage_id ${named}
      WHERE l.status = 'linked'
      WINDOW source AS (PARTITION BY l.lineage_id ORDER BY w.presence,
        l.environment_id = ${filter.sourceEnvironmentId ?? null}::uuid DESC NULLS LAST,
        array_position(${[...environments]}::uuid[], l.environment_id))
    ), weighed AS MATERIALIZED (
      SELECT lineage_id, environment_id, workflow_id, CASE
        WHEN presence = 'missing' THEN ${weightOf('missing')}
        WHEN drift_class IS NOT NULL THEN ${weightOf('drifted')}
        WHEN place = 1 THEN ${weightOf('source')}
        WHEN logic_digest = source_logic OR shape_digest = source_shape THEN ${weightOf('same')}
        WHEN shape_digest IS NULL OR source_shape IS NULL THEN ${weightOf('unknown')}
        ELSE ${weightOf('differs')} END AS state
      FROM cells
    ), ranked AS (
      SELECT lineage_id, max(state) AS worst, count(*) FILTER (WHERE state > ${weightOf('unknown')}) AS bad
      FROM weighed GROUP BY lineage_id HAVING ${kept(filter, environments.length)}
    ), shown AS (
      SELECT lineages.id, lineages.slug, lineages.name, ranked.worst, row_number() OVER (ORDER BY ${order}, lineages.id) AS at
      FROM ranked JOIN lineages ON lineages.id = ranked.lineage_id
      ORDER BY at LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}
    )
    SELECT (SELECT count(*)::int FROM ranked) AS total,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'name', name, 'worst', worst, 'cells', (
        SELECT json_agg(${CELL}) FROM weighed JOIN workflows w ON w.id = weighed.workflow_id
          JOIN workflow_links l ON l.workflow_id = w.id
        WHERE weighed.lineage_id = shown.id)) ORDER BY at), '[]') FROM shown) AS rows,
      (SELECT coalesce(json_agg(json_build_object('environmentId', environment_id, 'state', state, 'count', count)), '[]')
        FROM (SELECT environment_id, state, count(*) FROM weighed GROUP BY 1, 2) AS counted) AS counts`;
}

const CELL = Prisma.sql`json_build_object('environmentId', weighed.environment_id, 'workflowId', w.id, 'n8nId', w.n8n_id,
  'name', w.name, 'state', weighed.state, 'active', w.active, 'archived', w.archived,
  'unpublishedChanges', w.unpublished_changes, 'driftClass', l.drift_class,
  'changedAt', to_char(w.n8n_updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

/** Which lineages stay, by their cells. */
function kept({ environmentId, state }: Pick<Query, 'environmentId' | 'state'>, environments: number): Prisma.Sql {
  const there = environmentId ? Prisma.sql`environment_id = ${environmentId}::uuid` : Prisma.sql`true`;
  if (state === 'absent') {
    return environmentId ? Prisma.sql`NOT bool_or(${there})` : Prisma.sql`count(*) < ${environments}`;
  }
  return state ? Prisma.sql`bool_or(${there} AND state = ${weightOf(state)})` : Prisma.sql`bool_or(${there})`;
}
