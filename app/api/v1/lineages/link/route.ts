import { linkAutomatically } from '@/lib/features/change/lineages/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: linkAutomatically });
