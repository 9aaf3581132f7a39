import { deleteLineage, getLineage, renameLineage } from '@/lib/features/change/lineages/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PATCH, DELETE } = routes({ GET: getLineage, PATCH: renameLineage, DELETE: deleteLineage });
