import { getTeamMember, removeMember, updateMember } from '@/lib/features/identity/teams/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PATCH, DELETE } = routes({ GET: getTeamMember, PATCH: updateMember, DELETE: removeMember });
