import { getMatrix } from '@/lib/features/change/lineages/matrix-operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getMatrix });
