import { revokeInvitation } from '@/lib/features/identity/teams/invitation-operations';
import { routes } from '@/lib/server/routes';

export const { DELETE } = routes({ DELETE: revokeInvitation });
