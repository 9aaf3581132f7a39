import type { Metadata } from 'next';
import { DeploymentList } from '@/components/deployments/deployment-list';
import { DEPLOYMENT_FILTERS, DEPLOYMENT_SORT } from '@/components/deployments/list-settings';
import { deployments } from '@/components/deployments/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listDeployments } from '@/lib/features/delivery/deployments/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Deployments' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function DeploymentsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, DEPLOYMENT_SORT, DEPLOYMENT_FILTERS);
  return (
    <Page crumbs={[{ label: 'Deployments' }]}>
      <PageHead title="Deployments" lede="What promotions and rollbacks wrote, call by call, and what was verified." />
      <Prefetch tenant={tenant} queries={[[deployments(tenant, query), listDeployments, query]]}>
        <DeploymentList />
      </Prefetch>
    </Page>
  );
}
