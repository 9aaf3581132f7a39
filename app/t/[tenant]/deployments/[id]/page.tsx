import type { Metadata } from 'next';
import { DeploymentPage } from '@/components/deployments/deployment-page';
import { deployment } from '@/components/deployments/queries';
import { getDeployment } from '@/lib/features/delivery/deployments/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Deployment' };

export default async function DeploymentDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[deployment(tenant, id), getDeployment, { id }]]}>
      <DeploymentPage id={id} />
    </Prefetch>
  );
}
