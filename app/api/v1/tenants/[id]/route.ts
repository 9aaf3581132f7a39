import { getTenant, updateTenant } from '@/lib/features/identity/tenants/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PATCH } = routes({ GET: getTenant, PATCH: updateTenant });
