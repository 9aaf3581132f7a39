import type { Metadata } from 'next';
import { complianceQueryOf } from '@/components/drift/compliance-period';
import { ComplianceReport } from '@/components/drift/compliance-report';
import { compliance } from '@/components/drift/queries';
import { IncidentPlaces } from '@/components/incidents/incident-places';
import { Page, PageHead } from '@/components/shell/page';
import { getDriftCompliance } from '@/lib/features/drift/drift-reports/compliance-operations';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Drift compliance' };

type CompliancePageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function DriftCompliancePage({ params, searchParams }: CompliancePageProps) {
  const { tenant } = await params;
  const given = await searchParams;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
  const query = complianceQueryOf({ environmentId: text('environmentId'), from: text('from'), to: text('to') });
  return (
    <Page crumbs={[{ label: 'Incidents', href: `/t/${tenant}/incidents` }, { label: 'Compliance' }]}>
      <PageHead title="Compliance" lede="What was found in a period, what became of it, and whether it was in time." />
      <IncidentPlaces current="/compliance" />
      <Prefetch tenant={tenant} queries={[[compliance(tenant, query), getDriftCompliance, query]]}>
        <ComplianceReport />
      </Prefetch>
    </Page>
  );
}
