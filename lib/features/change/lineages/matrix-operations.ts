import { operation } from '@/lib/kernel/operation';
import { readMatrix } from './matrix-store';
import { GetMatrix, Matrix } from './schema';

export const getMatrix = operation({
  name: 'lineage.matrix',
  summary: 'Lineages × environments: where each workflow stands, the worst first',
  description:
    'A workflow is compared with its source by what it does; ids that differ between instances do not count.',
  input: GetMatrix,
  output: Matrix,
  status: 200,
  permission: 'lineage:read',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => readMatrix(db, query)),
});
