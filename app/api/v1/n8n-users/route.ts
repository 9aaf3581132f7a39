import { listN8nUsers } from '@/lib/features/inventory/n8n-users/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listN8nUsers });
