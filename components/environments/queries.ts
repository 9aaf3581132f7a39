import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type {
  Environment,
  EnvironmentCapabilities,
  EnvironmentPage,
} from '@/lib/features/connections/environments/schema';
import type { SyncState } from '@/lib/features/inventory/sync/schema';

/** Every environment of the tenant in tier order; what the navigation, the home page and each selector share. */
export const ALL_ENVIRONMENTS = { pageSize: 100 } as const;

export const environments = (tenant: string, query: Query = ALL_ENVIRONMENTS) =>
  resource<z.infer<typeof EnvironmentPage>>(tenant, 'environments', '/environments', query);

export const environment = (tenant: string, id: string) =>
  resource<Environment>(tenant, 'environments', `/environments/${id}`);

export const capabilities = (tenant: string, id: string) =>
  resource<z.infer<typeof EnvironmentCapabilities>>(tenant, 'environments', `/environments/${id}/capabilities`);

/** Kept under jobs, so that each step of a refresh makes it stale. */
export const syncState = (tenant: string, id: string) =>
  resource<z.infer<typeof SyncState>>(tenant, 'jobs', `/environments/${id}/sync`);

export const useEnvironments = () => useQuery(environments(useTenant().slug));
export const useEnvironment = (id: string) => useQuery(environment(useTenant().slug, id));
export const useCapabilities = (id: string) => useQuery(capabilities(useTenant().slug, id));
export const useSyncState = (id: string) => useQuery(syncState(useTenant().slug, id));
