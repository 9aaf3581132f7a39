import type { Metadata } from 'next';
import { Page, PageHead } from '@/components/shell/page';
import { WORKFLOW_FILTERS, WORKFLOW_SORT } from '@/components/workflows/list-settings';
import { workflows } from '@/components/workflows/queries';
import { UploadWorkflows } from '@/components/workflows/upload-workflows';
import { WorkflowList } from '@/components/workflows/workflow-list';
import { listWorkflows } from '@/lib/features/inventory/workflows/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Workflows' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function WorkflowsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, WORKFLOW_SORT, WORKFLOW_FILTERS);
  return (
    <Page crumbs={[{ label: 'Workflows' }]}>
      <PageHead
        title="Workflows"
        lede="Every workflow of every environment, as last read."
        actions={<UploadWorkflows />}
      />
      <Prefetch tenant={tenant} queries={[[workflows(tenant, query), listWorkflows, query]]}>
        <WorkflowList />
      </Prefetch>
    </Page>
  );
}
