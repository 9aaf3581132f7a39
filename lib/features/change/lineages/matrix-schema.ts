import { z } from 'zod';
import { Id, listQuery, pageOf, Timestamp } from '@/lib/core/schema';
import { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import { CELL_STATES } from './model';
import { LineageRef } from './schema';

/** One lineage in one environment. */
export const MatrixCell = z
  .object({
    environmentId: Id,
    workflowId: Id,
    n8nId: z.string(),
    name: z.string(),
    state: z.enum(CELL_STATES),
    active: z.boolean(),
    archived: z.boolean(),
    /** The draft differs from what runs. */
    unpublishedChanges: z.boolean(),
    /** The class of its drift; null when the last check found none, or there was none. */
    driftClass: z.string().nullable(),
    /** When it was last changed on its instance. */
    changedAt: Timestamp.nullable(),
  })
  .meta({ id: 'MatrixCell' });
export type MatrixCell = z.infer<typeof MatrixCell>;

export const MatrixRow = z
  .object({
    lineage: LineageRef,
    /** The worst of its cells. */
    worst: z.enum(CELL_STATES),
    /** In the order of the environments; null where the lineage is not. */
    cells: z.array(MatrixCell.nullable()),
  })
  .meta({ id: 'MatrixRow' });
export type MatrixRow = z.infer<typeof MatrixRow>;

export const MatrixEnvironment = z
  .object({
    environment: EnvironmentRef,
    /** When its inventory was last read as a whole: how old its column is. */
    syncedAt: Timestamp.nullable(),
    connectionStatus: z.string(),
    /** Cells by state, over all lineages. */
    counts: z.object(Object.fromEntries(CELL_STATES.map((state) => [state, z.number().int()])) as Counts),
  })
  .meta({ id: 'MatrixEnvironment' });
type Counts = Record<(typeof CELL_STATES)[number], z.ZodNumber>;
export type MatrixEnvironment = z.infer<typeof MatrixEnvironment>;

export const GetMatrix = listQuery(['name', 'worst'], '-worst').extend({
  /** Only lineages of this environment; together with `state`, those in that state there. */
  environmentId: Id.optional(),
  /** Only lineages with a cell in this state. `absent`: not in that environment, or not in all of them. */
  state: z.enum([...CELL_STATES, 'absent']).optional(),
  /** What the others are compared with, where it has the lineage; else the first environment that has it. */
  sourceEnvironmentId: Id.optional(),
});
export const Matrix = pageOf(MatrixRow)
  .extend({ environments: z.array(MatrixEnvironment) })
  .meta({ id: 'Matrix' });
