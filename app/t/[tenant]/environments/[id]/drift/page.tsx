import type { Metadata } from 'next';
import { EnvironmentDrift } from '@/components/drift/environment-drift';
import { environment } from '@/components/environments/queries';
import { getEnvironment } from '@/lib/features/connections/environments/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Drift' };

export default async function EnvironmentDriftPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[environment(tenant, id), getEnvironment, { id }]]}>
      <EnvironmentDrift id={id} />
    </Prefetch>
  );
}
