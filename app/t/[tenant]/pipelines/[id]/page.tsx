import type { Metadata } from 'next';
import { PipelinePage } from '@/components/pipelines/pipeline-page';
import { BACKLOG, pipeline, stageComparison } from '@/components/pipelines/queries';
import { getPipeline } from '@/lib/features/delivery/pipelines/operations';
import type { Pipeline } from '@/lib/features/delivery/pipelines/schema';
import { comparePromotion } from '@/lib/features/delivery/promotions/operations';
import { Prefetch, type Prefetched } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Pipeline' };

export default async function PipelineDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  // How much waits at each stage is there at once: on a phone it takes a line more or less.
  const backlogsOf = ({ stages }: Pipeline): Prefetched[] =>
    stages.map((stage) => {
      const ids = { pipelineId: id, stageId: stage.id };
      return [stageComparison(tenant, ids, BACKLOG), comparePromotion, { ...ids, ...BACKLOG }];
    });
  return (
    <Prefetch tenant={tenant} queries={[[pipeline(tenant, id), getPipeline, { id }, backlogsOf]]}>
      <PipelinePage id={id} />
    </Prefetch>
  );
}
