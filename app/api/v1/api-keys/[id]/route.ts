import { revokeApiKey } from '@/lib/features/identity/api-keys/operations';
import { routes } from '@/lib/server/routes';

export const { DELETE } = routes({ DELETE: revokeApiKey });
