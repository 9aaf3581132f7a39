import type { Metadata } from 'next';
import { workflow } from '@/components/workflows/queries';
import { WorkflowPage } from '@/components/workflows/workflow-page';
import { getWorkflow } from '@/lib/features/inventory/workflows/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Workflow' };

export default async function WorkflowDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[workflow(tenant, id), getWorkflow, { id }]]}>
      <WorkflowPage id={id} />
    </Prefetch>
  );
}
