import { createEnvironmentType, listEnvironmentTypes } from '@/lib/features/connections/environment-types/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listEnvironmentTypes, POST: createEnvironmentType });
