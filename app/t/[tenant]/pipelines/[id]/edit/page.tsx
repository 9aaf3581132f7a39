import type { Metadata } from 'next';
import { EditPipelinePage } from '@/components/pipelines/edit-pipeline-page';
import { pipeline } from '@/components/pipelines/queries';
import { getPipeline } from '@/lib/features/delivery/pipelines/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Edit a pipeline' };

export default async function PipelineEditPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[pipeline(tenant, id), getPipeline, { id }]]}>
      <EditPipelinePage id={id} />
    </Prefetch>
  );
}
