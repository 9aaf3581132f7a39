import { z } from 'zod';
import { download } from '@/lib/core/files';
import { MAX_PAGE_SIZE } from '@/lib/core/paging';
import { PLATFORM_CHAIN } from '@/lib/kernel/audit';
import { operation } from '@/lib/kernel/operation';
import { verifyAuditChain } from '@/lib/kernel/verify-audit';
import { exportEntries } from './export';
import { AuditPage, AuditValues, AuditVerdict, ExportAudit, ListAudit, ListPlatformAudit } from './schema';
import { listEntries, listValues } from './store';

export const listAudit = operation({
  name: 'audit.list',
  summary: 'Who did what, newest first',
  input: ListAudit,
  output: AuditPage,
  status: 200,
  permission: 'audit:read',
  feature: 'audit_logs',
  effect: 'read',
  run: (ctx, query) => ctx.tx((db) => listEntries(db, ctx.tenant.id, query)),
});

export const listPlatformAudit = operation({
  name: 'audit.listAcross',
  summary: 'The same for any organisation, or for the platform itself',
  input: ListPlatformAudit,
  output: AuditPage,
  status: 200,
  permission: 'platform:audit',
  effect: 'read',
  run: ({ platform }, { tenantId = PLATFORM_CHAIN, ...query }) => platform.tx((db) => listEntries(db, tenantId, query)),
});

export const listAuditValues = operation({
  name: 'audit.values',
  summary: 'The actions and actors that stand in the log',
  input: z.object({}),
  output: AuditValues,
  status: 200,
  permission: 'audit:read',
  feature: 'audit_logs',
  effect: 'read',
  run: (ctx) => ctx.tx(listValues),
});

export const verifyAudit = operation({
  name: 'audit.verify',
  summary: 'Walk the chain and say whether every link holds',
  input: z.object({}),
  output: AuditVerdict,
  status: 200,
  permission: 'audit:read',
  feature: 'audit_logs',
  rateClass: 'expensive',
  effect: 'read',
  async run(ctx) {
    const verdict = await verifyAuditChain(ctx.tx, ctx.tenant.id);
    const brokenAt = verdict.intact ? null : Number(verdict.brokenAt);
    return { intact: verdict.intact, length: Number(verdict.length), brokenAt };
  },
});

export const exportAudit = operation({
  name: 'audit.export',
  summary: 'Download the log as CSV or NDJSON',
  input: ExportAudit,
  output: download('text/csv'),
  status: 200,
  permission: 'audit:read',
  feature: 'audit_export',
  rateClass: 'expensive',
  effect: 'read',
  async run(ctx, { format, ...filters }) {
    const read = (cursor: number | undefined) =>
      ctx.tx((db) => listEntries(db, ctx.tenant.id, { ...filters, cursor, pageSize: MAX_PAGE_SIZE }));
    return exportEntries(format, read, `audit-${ctx.tenant.slug}`);
  },
});
