import { completeOnboarding } from '@/lib/features/identity/sessions/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: completeOnboarding });
