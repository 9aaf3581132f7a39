import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import { apiGet, type Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { AuditPage, AuditVerdict } from '@/lib/features/identity/audit-log/schema';

export const audit = (tenant: string, query: Query) =>
  resource<z.infer<typeof AuditPage>>(tenant, 'audit', '/admin/audit', query);

export const verifyAudit = (tenant: string) => apiGet<z.infer<typeof AuditVerdict>>(tenant, '/admin/audit/verify');

/** Who can stand in the log as actor: everybody of the team, and every key. */
export function useActors() {
  const { slug } = useTenant();
  const people = useQuery(resource<ActorPage>(slug, 'team', '/teams', { status: 'active', pageSize: 100 })).data;
  const keys = useQuery(resource<ActorPage>(slug, 'api-keys', '/api-keys', { pageSize: 100, sort: 'name' })).data;
  return [
    ...(people?.items ?? []).map(({ userId, email }) => ({ value: userId ?? '', label: email ?? '' })),
    ...(keys?.items ?? []).map(({ id, name }) => ({ value: id, label: `key ${name}` })),
  ];
}

type ActorPage = { items: { id: string; userId?: string | null; email?: string; name?: string | null }[] };
