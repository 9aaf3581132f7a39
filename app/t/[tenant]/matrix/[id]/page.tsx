import type { Metadata } from 'next';
import { LineagePage } from '@/components/lineages/lineage-page';
import { lineage } from '@/components/lineages/queries';
import { getLineage } from '@/lib/features/change/lineages/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Lineage' };

export default async function LineageDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[lineage(tenant, id), getLineage, { id }]]}>
      <LineagePage id={id} />
    </Prefetch>
  );
}
