import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { SessionPage } from '@/lib/features/identity/sessions/schema';
import type { Me } from '@/lib/features/identity/users/schema';

/** Who looks, and what the plan of the organisation allows. */
export const me = (tenant: string) => resource<z.infer<typeof Me>>(tenant, 'me', '/auth/me');
export const sessions = (tenant: string, query: Query) =>
  resource<z.infer<typeof SessionPage>>(tenant, 'sessions', '/auth/sessions', query);

/** More than anybody has. */
export const ALL_SESSIONS = { pageSize: 100 } as const;

export const useMe = () => useQuery(me(useTenant().slug));
