import type { Metadata } from 'next';
import { AdoptPage } from '@/components/approved/adopt-page';
import { environment } from '@/components/environments/queries';
import { getEnvironment } from '@/lib/features/connections/environments/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Adopt' };

export default async function AdoptEnvironmentPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[environment(tenant, id), getEnvironment, { id }]]}>
      <AdoptPage environmentId={id} />
    </Prefetch>
  );
}
