import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { AuditList } from '@/components/audit/audit-list';
import { AUDIT_FILTERS, type AuditFilter, auditQuery } from '@/components/audit/audit-query';
import { audit, auditValues } from '@/components/audit/queries';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';
import { readPreferences, zoneOf } from '@/lib/client/preferences';
import { listAudit, listAuditValues } from '@/lib/features/identity/audit-log/operations';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Audit' };

type AuditPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const { tenant } = await params;
  const query = await queryFrom(await searchParams);
  return (
    <Page crumbs={[{ label: 'Audit' }]}>
      <PageHead title="Audit" lede="Who did what, newest first. Each entry carries the hash of the one before." />
      <Needs permission="audit:read" what="The entries of the audit log">
        <Prefetch
          tenant={tenant}
          queries={[
            [audit(tenant, query), listAudit, query],
            [auditValues(tenant), listAuditValues, {}],
          ]}
        >
          <AuditList />
        </Prefetch>
      </Needs>
    </Page>
  );
}

/** What the list in the browser will ask for: its days are days of the viewer's zone. */
async function queryFrom(parameters: Awaited<SearchParams>) {
  const jar = await cookies();
  const zone = zoneOf(readPreferences((name) => jar.get(name)?.value));
  const text = (name: string) => (typeof parameters[name] === 'string' ? parameters[name] : '');
  const filters = Object.fromEntries(AUDIT_FILTERS.map((name) => [name, text(name)])) as Record<AuditFilter, string>;
  return auditQuery({ search: text('q'), filters }, zone);
}
