import { signInAs } from '@/lib/features/identity/sessions/dev-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: signInAs });
