import type { Metadata } from 'next';
import { ExecutionPage } from '@/components/executions/execution-page';
import { execution } from '@/components/executions/queries';
import { getExecution } from '@/lib/features/inventory/executions/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Execution' };

export default async function ExecutionDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[execution(tenant, id), getExecution, { id }]]}>
      <ExecutionPage id={id} />
    </Prefetch>
  );
}
