import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import { apiGet, type Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { AuditPage, AuditVerdict } from '@/lib/features/identity/audit-log/schema';

export const audit = (tenant: string, query: Query) =>
  resource<z.infer<typeof AuditPage>>(tenant, 'audit', '/admin/audit', query);

export const verifyAudit = (tenant: string) => apiGet<z.infer<typeof AuditVerdict>>(tenant, '/admin/audit/verify');

const PEOPLE = { status: 'active', pageSize: 100 } as const;
const KEYS = { pageSize: 100, sort: 'name' } as const;
type ActorPage = { items: { id: string; userId?: string | null; email?: string; name?: string | null }[] };

/** Everybody of the team, and every key: who can stand in the log as actor. */
export const ACTORS = { people: PEOPLE, keys: KEYS };
export const people = (tenant: string) => resource<ActorPage>(tenant, 'team', '/teams', PEOPLE);
export const keys = (tenant: string) => resource<ActorPage>(tenant, 'api-keys', '/api-keys', KEYS);

export function useActors() {
  const { slug } = useTenant();
  const { data: team } = useQuery(people(slug));
  const { data: programs } = useQuery(keys(slug));
  return [
    ...(team?.items ?? []).map(({ userId, email }) => ({ value: userId ?? '', label: email ?? '' })),
    ...(programs?.items ?? []).map(({ id, name }) => ({ value: id, label: `key ${name}` })),
  ];
}
