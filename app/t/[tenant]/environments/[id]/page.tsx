import type { Metadata } from 'next';
import { approved } from '@/components/approved/queries';
import { EnvironmentOverview } from '@/components/environments/environment-overview';
import { capabilities, environment, syncState } from '@/components/environments/queries';
import { getEnvironmentCapabilities } from '@/lib/features/connections/environments/check-operations';
import { getEnvironment } from '@/lib/features/connections/environments/operations';
import { getApproved } from '@/lib/features/history/snapshots/approved-operations';
import { getSyncState } from '@/lib/features/inventory/sync/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Environment' };

export default async function EnvironmentPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch
      tenant={tenant}
      queries={[
        [environment(tenant, id), getEnvironment, { id }],
        [syncState(tenant, id), getSyncState, { id }],
        [capabilities(tenant, id), getEnvironmentCapabilities, { id }],
        [approved(tenant, id), getApproved, { id }],
      ]}
    >
      <EnvironmentOverview id={id} />
    </Prefetch>
  );
}
