import { getN8nUser } from '@/lib/features/inventory/n8n-users/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getN8nUser });
