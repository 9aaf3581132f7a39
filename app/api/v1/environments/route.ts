import { createEnvironment, listEnvironments } from '@/lib/features/connections/environments/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listEnvironments, POST: createEnvironment });
