import { getEnvironmentLimits } from '@/lib/features/connections/environments/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getEnvironmentLimits });
