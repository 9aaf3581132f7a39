import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import { resource } from '@/lib/client/resource';
import type { EnvironmentTypePage } from '@/lib/features/connections/environment-types/schema';
import type { EnvironmentLimits } from '@/lib/features/connections/environments/schema';
import type { Tenant } from '@/lib/features/identity/tenants/schema';

export const tenantOf = (slug: string, id: string) => resource<Tenant>(slug, 'tenants', `/tenants/${id}`);

export const environmentLimits = (slug: string) =>
  resource<z.infer<typeof EnvironmentLimits>>(slug, 'environments', '/environments/limits');

/** Every label there is: they are reordered as a whole. */
export const ALL_LABELS = { pageSize: 100 } as const;
export const environmentTypes = (slug: string) =>
  resource<z.infer<typeof EnvironmentTypePage>>(slug, 'environment-types', '/admin/environment-types', ALL_LABELS);

export function useOrganisation() {
  const { slug, id } = useTenant();
  return useQuery(tenantOf(slug, id));
}
