import { listTenants } from '@/lib/features/identity/tenants/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listTenants });
