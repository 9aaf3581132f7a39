import { listProviders } from '@/lib/features/connections/providers/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listProviders });
