import type { Metadata } from 'next';
import { IncidentList } from '@/components/incidents/incident-list';
import { IncidentPlaces } from '@/components/incidents/incident-places';
import { INCIDENT_FILTERS, INCIDENT_SORT } from '@/components/incidents/list-settings';
import { incidents } from '@/components/incidents/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listIncidents } from '@/lib/features/drift/incidents/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Incidents' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function IncidentsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, INCIDENT_SORT, INCIDENT_FILTERS);
  return (
    <Page crumbs={[{ label: 'Incidents' }]}>
      <PageHead title="Incidents" lede="What runs although nobody approved it, and by when it has to be dealt with." />
      <IncidentPlaces current="" />
      <Prefetch tenant={tenant} queries={[[incidents(tenant, query), listIncidents, query]]}>
        <IncidentList />
      </Prefetch>
    </Page>
  );
}
