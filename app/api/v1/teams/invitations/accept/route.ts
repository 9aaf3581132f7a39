import { acceptInvitation } from '@/lib/features/identity/teams/invitation-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: acceptInvitation });
