import type { Metadata } from 'next';
import { PipelinePage } from '@/components/pipelines/pipeline-page';
import { pipeline } from '@/components/pipelines/queries';
import { getPipeline } from '@/lib/features/delivery/pipelines/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Pipeline' };

export default async function PipelineDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[pipeline(tenant, id), getPipeline, { id }]]}>
      <PipelinePage id={id} />
    </Prefetch>
  );
}
