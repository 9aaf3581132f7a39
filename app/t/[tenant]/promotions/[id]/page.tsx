import type { Metadata } from 'next';
import { pipeline } from '@/components/pipelines/queries';
import { PromotionPage } from '@/components/promotions/promotion-page';
import { promotion } from '@/components/promotions/queries';
import { getPipeline } from '@/lib/features/delivery/pipelines/operations';
import { getPromotion } from '@/lib/features/delivery/promotions/operations';
import type { Promotion } from '@/lib/features/delivery/promotions/schema';
import { Prefetch, type Prefetched } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Promotion' };

export default async function PromotionDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  const stageOf = ({ pipelineId }: Promotion): Prefetched[] =>
    pipelineId ? [[pipeline(tenant, pipelineId), getPipeline, { id: pipelineId }]] : [];
  return (
    <Prefetch tenant={tenant} queries={[[promotion(tenant, id), getPromotion, { id }, stageOf]]}>
      <PromotionPage id={id} />
    </Prefetch>
  );
}
