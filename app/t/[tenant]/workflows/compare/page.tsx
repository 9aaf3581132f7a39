import type { Metadata } from 'next';
import { ComparePage } from '@/components/workflows/compare-page';
import { workflow } from '@/components/workflows/queries';
import { getWorkflow } from '@/lib/features/inventory/workflows/operations';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch, type Prefetched } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Compare workflows' };

type CompareProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function CompareWorkflowsPage({ params, searchParams }: CompareProps) {
  const { tenant } = await params;
  const { left, right } = await searchParams;
  const ids = [left, right].filter((id) => typeof id === 'string' && id !== '') as string[];
  const queries = [...new Set(ids)].map((id): Prefetched => [workflow(tenant, id), getWorkflow, { id }]);
  return (
    <Prefetch tenant={tenant} queries={queries}>
      <ComparePage />
    </Prefetch>
  );
}
