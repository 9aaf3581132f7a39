import { requestSignUp } from '@/lib/features/identity/sessions/sign-up-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: requestSignUp });
