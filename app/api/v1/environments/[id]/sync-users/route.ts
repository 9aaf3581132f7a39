import { syncUsers } from '@/lib/features/inventory/sync/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: syncUsers });
