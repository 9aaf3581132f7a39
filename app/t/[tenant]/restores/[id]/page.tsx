import type { Metadata } from 'next';
import { restore } from '@/components/restores/queries';
import { RestorePage } from '@/components/restores/restore-page';
import { getRestore } from '@/lib/features/history/restore/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Restore' };

export default async function RestoreDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[restore(tenant, id), getRestore, { id }]]}>
      <RestorePage id={id} />
    </Prefetch>
  );
}
