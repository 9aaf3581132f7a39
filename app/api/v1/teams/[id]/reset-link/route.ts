import { makeResetLink } from '@/lib/features/identity/teams/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: makeResetLink });
