import { forgotPassword } from '@/lib/features/identity/sessions/password-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: forgotPassword });
