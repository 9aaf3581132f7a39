import type { Metadata } from 'next';
import { CheckList } from '@/components/drift/check-list';
import { DriftOverview } from '@/components/drift/drift-overview';
import { CHECK_FILTERS, CHECK_SORT } from '@/components/drift/list-settings';
import { checks } from '@/components/drift/queries';
import { IncidentPlaces } from '@/components/incidents/incident-places';
import { Page, PageHead } from '@/components/shell/page';
import { Section } from '@/components/ui/section';
import { listDriftReports } from '@/lib/features/drift/drift-reports/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Drift checks' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function DriftChecksPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, CHECK_SORT, CHECK_FILTERS);
  return (
    <Page crumbs={[{ label: 'Incidents', href: `/t/${tenant}/incidents` }, { label: 'Checks' }]}>
      <PageHead title="Checks" lede="Whether every environment is what was approved, and each look that was taken." />
      <IncidentPlaces current="/checks" />
      <Section title="Now">
        <DriftOverview />
      </Section>
      <Section title="History">
        <Prefetch tenant={tenant} queries={[[checks(tenant, query), listDriftReports, query]]}>
          <CheckList />
        </Prefetch>
      </Section>
    </Page>
  );
}
