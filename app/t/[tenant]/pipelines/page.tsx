import type { Metadata } from 'next';
import { AddPipeline } from '@/components/pipelines/add-pipeline';
import { PIPELINE_FILTERS, PIPELINE_SORT } from '@/components/pipelines/list-settings';
import { PipelineList } from '@/components/pipelines/pipeline-list';
import { pipelines } from '@/components/pipelines/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listPipelines } from '@/lib/features/delivery/pipelines/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Pipelines' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function PipelinesPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, PIPELINE_SORT, PIPELINE_FILTERS);
  return (
    <Page crumbs={[{ label: 'Pipelines' }]}>
      <PageHead
        title="Pipelines"
        lede="The ways that workflows go, from where they are built to where they run."
        actions={<AddPipeline />}
      />
      <Prefetch tenant={tenant} queries={[[pipelines(tenant, query), listPipelines, query]]}>
        <PipelineList />
      </Prefetch>
    </Page>
  );
}
