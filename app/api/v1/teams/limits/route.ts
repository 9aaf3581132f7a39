import { getTeamLimits } from '@/lib/features/identity/teams/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getTeamLimits });
