import { listSessions } from '@/lib/features/identity/sessions/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listSessions });
