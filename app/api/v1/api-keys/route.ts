import { createApiKey, listApiKeys } from '@/lib/features/identity/api-keys/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listApiKeys, POST: createApiKey });
