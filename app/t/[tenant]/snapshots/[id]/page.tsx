import type { Metadata } from 'next';
import { snapshot } from '@/components/snapshots/queries';
import { SnapshotPage } from '@/components/snapshots/snapshot-page';
import { getSnapshot } from '@/lib/features/history/snapshots/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Snapshot' };

export default async function SnapshotDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[snapshot(tenant, id), getSnapshot, { id }]]}>
      <SnapshotPage id={id} />
    </Prefetch>
  );
}
