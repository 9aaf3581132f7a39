import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import { resource } from '@/lib/client/resource';
import type { DriftPolicy, DriftPolicyTemplates } from '@/lib/features/drift/drift-policies/schema';

/** How the organisation deals with drift. */
export const driftPolicy = (tenant: string) => resource<DriftPolicy>(tenant, 'drift-policies', '/drift-policies');

export const driftPolicyTemplates = (tenant: string) =>
  resource<z.infer<typeof DriftPolicyTemplates>>(tenant, 'drift-policies', '/drift-policies/templates');

export const useDriftPolicy = () => useQuery(driftPolicy(useTenant().slug));
export const useDriftPolicyTemplates = () => useQuery(driftPolicyTemplates(useTenant().slug));
