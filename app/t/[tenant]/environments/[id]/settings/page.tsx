import type { Metadata } from 'next';
import { EnvironmentSettings } from '@/components/environments/environment-settings';
import { environment } from '@/components/environments/queries';
import { getEnvironment } from '@/lib/features/connections/environments/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Environment settings' };

export default async function EnvironmentSettingsPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[environment(tenant, id), getEnvironment, { id }]]}>
      <EnvironmentSettings id={id} />
    </Prefetch>
  );
}
