import { getSyncState, syncEnvironment } from '@/lib/features/inventory/sync/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: getSyncState, POST: syncEnvironment });
