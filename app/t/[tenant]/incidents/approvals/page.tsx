import type { Metadata } from 'next';
import { ApprovalList } from '@/components/incidents/approval-list';
import { IncidentPlaces } from '@/components/incidents/incident-places';
import { APPROVAL_FILTERS, APPROVAL_SORT } from '@/components/incidents/list-settings';
import { driftApprovals } from '@/components/incidents/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listDriftApprovals } from '@/lib/features/drift/drift-approvals/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Drift approvals' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function DriftApprovalsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, APPROVAL_SORT, APPROVAL_FILTERS);
  return (
    <Page crumbs={[{ label: 'Incidents', href: `/t/${tenant}/incidents` }, { label: 'Approvals' }]}>
      <PageHead title="Approvals" lede="Steps that take a second person: each allows one thing, once." />
      <IncidentPlaces current="/approvals" />
      <Prefetch tenant={tenant} queries={[[driftApprovals(tenant, query), listDriftApprovals, query]]}>
        <ApprovalList />
      </Prefetch>
    </Page>
  );
}
