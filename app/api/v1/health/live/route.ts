import { getLiveness } from '@/lib/features/service/health/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getLiveness });
