import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { DriftApprovalPage } from '@/lib/features/drift/drift-approvals/schema';
import type { Incident, IncidentPage, IncidentStats } from '@/lib/features/drift/incidents/schema';
import { PENDING_APPROVALS } from './list-settings';

export const incidents = (tenant: string, query: Query) =>
  resource<z.infer<typeof IncidentPage>>(tenant, 'incidents', '/incidents', query);

export const incident = (tenant: string, id: string) => resource<Incident>(tenant, 'incidents', `/incidents/${id}`);

export const incidentStats = (tenant: string) =>
  resource<z.infer<typeof IncidentStats>>(tenant, 'incidents', '/incidents/stats');

/** What a second person was asked for. */
export const driftApprovals = (tenant: string, query: Query) =>
  resource<z.infer<typeof DriftApprovalPage>>(tenant, 'incidents', '/drift-approvals', query);

export const useIncident = (id: string) => useQuery(incident(useTenant().slug, id));
export const useIncidentStats = () => useQuery(incidentStats(useTenant().slug)).data;

/** More than are ever open of one incident. */
export const approvalsOf = (incidentId: string) => ({ incidentId, pageSize: 100 });

/** Requests about one incident that may still allow something. */
export function useOpenApprovals(incidentId: string) {
  const { data } = useQuery(driftApprovals(useTenant().slug, approvalsOf(incidentId)));
  return data?.items.filter(({ status }) => status === 'pending' || status === 'approved') ?? [];
}

export const usePendingApprovals = () => useQuery(driftApprovals(useTenant().slug, PENDING_APPROVALS)).data;
