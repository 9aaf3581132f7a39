import { endSessionById } from '@/lib/features/identity/sessions/operations';
import { routes } from '@/lib/server/routes';

export const { DELETE } = routes({ DELETE: endSessionById });
