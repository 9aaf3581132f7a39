import type { Metadata } from 'next';
import { CheckList } from '@/components/drift/check-list';
import { DriftOverview } from '@/components/drift/drift-overview';
import { CHECK_FILTERS, CHECK_SORT } from '@/components/drift/list-settings';
import { checks, newestCheckJob, watched } from '@/components/drift/queries';
import { ALL_ENVIRONMENTS, capabilities, environments } from '@/components/environments/queries';
import { IncidentPlaces } from '@/components/incidents/incident-places';
import { jobs } from '@/components/jobs/queries';
import { Page, PageHead } from '@/components/shell/page';
import { Section } from '@/components/ui/section';
import { getEnvironmentCapabilities } from '@/lib/features/connections/environments/check-operations';
import { listEnvironments } from '@/lib/features/connections/environments/operations';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { listDriftReports } from '@/lib/features/drift/drift-reports/operations';
import { listBackgroundJobs } from '@/lib/features/service/background-jobs/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch, type Prefetched } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Drift checks' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function DriftChecksPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, CHECK_SORT, CHECK_FILTERS);
  // Whether each can be checked now is said at once, as its button is there at once.
  const checkableOf = ({ items }: { items: Environment[] }): Prefetched[] =>
    watched(items).flatMap(({ id }) => [
      [capabilities(tenant, id), getEnvironmentCapabilities, { id }],
      [jobs(tenant, newestCheckJob(id)), listBackgroundJobs, newestCheckJob(id)],
    ]);
  return (
    <Page crumbs={[{ label: 'Incidents', href: `/t/${tenant}/incidents` }, { label: 'Checks' }]}>
      <PageHead title="Checks" lede="Whether every environment is what was approved, and each look that was taken." />
      <IncidentPlaces current="/checks" />
      <Prefetch
        tenant={tenant}
        queries={[
          [environments(tenant), listEnvironments, ALL_ENVIRONMENTS, checkableOf],
          [checks(tenant, query), listDriftReports, query],
        ]}
      >
        <Section title="Now">
          <DriftOverview />
        </Section>
        <Section title="History">
          <CheckList />
        </Section>
      </Prefetch>
    </Page>
  );
}
