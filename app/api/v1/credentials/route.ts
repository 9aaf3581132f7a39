import { listCredentials } from '@/lib/features/inventory/credentials/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listCredentials });
