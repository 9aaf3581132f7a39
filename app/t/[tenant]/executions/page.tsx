import type { Metadata } from 'next';
import { ExecutionList } from '@/components/executions/execution-list';
import { EXECUTION_FILTERS, EXECUTION_SORT } from '@/components/executions/list-settings';
import { executions } from '@/components/executions/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listExecutions } from '@/lib/features/inventory/executions/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Executions' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function ExecutionsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, EXECUTION_SORT, EXECUTION_FILTERS);
  return (
    <Page crumbs={[{ label: 'Executions' }]}>
      <PageHead title="Executions" lede="Runs across environments, kept although n8n prunes them." />
      <Prefetch tenant={tenant} queries={[[executions(tenant, query), listExecutions, query]]}>
        <ExecutionList />
      </Prefetch>
    </Page>
  );
}
