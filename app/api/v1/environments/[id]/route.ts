import {
  deleteEnvironment,
  getEnvironment,
  updateEnvironment,
} from '@/lib/features/connections/environments/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PUT, DELETE } = routes({ GET: getEnvironment, PUT: updateEnvironment, DELETE: deleteEnvironment });
