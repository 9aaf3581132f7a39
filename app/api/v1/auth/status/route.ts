import { getAuthStatus } from '@/lib/features/identity/sessions/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getAuthStatus });
