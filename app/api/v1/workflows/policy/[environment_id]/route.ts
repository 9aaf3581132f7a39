import { getEnvironmentPolicy } from '@/lib/features/connections/environments/check-operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getEnvironmentPolicy });
