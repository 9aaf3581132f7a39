import type { z } from 'zod';
import { apiGet, type Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { AuditPage, AuditValues, AuditVerdict } from '@/lib/features/identity/audit-log/schema';

export const audit = (tenant: string, query: Query) =>
  resource<z.infer<typeof AuditPage>>(tenant, 'audit', '/admin/audit', query);

export const verifyAudit = (tenant: string) => apiGet<z.infer<typeof AuditVerdict>>(tenant, '/admin/audit/verify');

/** What there is to choose from: every action and every actor of the log. */
export const auditValues = (tenant: string) => resource<AuditValues>(tenant, 'audit', '/admin/audit/values');
