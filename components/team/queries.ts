import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { TeamLimits, TeamPage } from '@/lib/features/identity/teams/schema';

export const team = (tenant: string, query: Query) =>
  resource<z.infer<typeof TeamPage>>(tenant, 'team', '/teams', query);

export const teamLimits = (tenant: string) => resource<z.infer<typeof TeamLimits>>(tenant, 'team', '/teams/limits');

/** Enough to know whether somebody is the last one. */
export const ADMINS = { role: 'admin', status: 'active', pageSize: 2 } as const;

export const useTeamLimits = () => useQuery(teamLimits(useTenant().slug));
export const useAdminCount = () => useQuery(team(useTenant().slug, ADMINS)).data?.total;
