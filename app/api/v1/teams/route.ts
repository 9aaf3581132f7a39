import { inviteMember } from '@/lib/features/identity/teams/invitation-operations';
import { listMembers } from '@/lib/features/identity/teams/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listMembers, POST: inviteMember });
