import { useQuery } from '@tanstack/react-query';
import { useTenant } from '@/components/shell/tenant';
import { resource } from '@/lib/client/resource';
import type { AdoptionPreview, ApprovedState } from '@/lib/features/history/snapshots/approved-schema';

/** What git holds for an environment. */
export const approved = (tenant: string, environmentId: string) =>
  resource<ApprovedState>(tenant, 'approved', `/environments/${environmentId}/approved`);

/** What adopting would commit; reads the instance. */
export const adoptionPreview = (tenant: string, environmentId: string) =>
  resource<AdoptionPreview>(tenant, 'approved', `/environments/${environmentId}/adopt`);

export const useApproved = (environmentId: string) => useQuery(approved(useTenant().slug, environmentId));
