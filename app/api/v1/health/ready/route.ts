import { getReadiness } from '@/lib/features/service/health/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getReadiness });
