import type { Metadata } from 'next';
import { capabilities } from '@/components/environments/queries';
import { workflow } from '@/components/workflows/queries';
import { WorkflowPage } from '@/components/workflows/workflow-page';
import { getEnvironmentCapabilities } from '@/lib/features/connections/environments/check-operations';
import { getWorkflow } from '@/lib/features/inventory/workflows/operations';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { Prefetch, type Prefetched } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Workflow' };

export default async function WorkflowDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  // What may be done to it is said at once: buttons that change their minds move what stands below.
  const guardOf = ({ environment: { id } }: WorkflowDetail): Prefetched[] => [
    [capabilities(tenant, id), getEnvironmentCapabilities, { id }],
  ];
  return (
    <Prefetch tenant={tenant} queries={[[workflow(tenant, id), getWorkflow, { id }, guardOf]]}>
      <WorkflowPage id={id} />
    </Prefetch>
  );
}
