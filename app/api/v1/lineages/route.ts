import { listLineages } from '@/lib/features/change/lineages/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listLineages });
