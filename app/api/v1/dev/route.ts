import { describeDevelopment } from '@/lib/features/identity/sessions/dev-operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: describeDevelopment });
