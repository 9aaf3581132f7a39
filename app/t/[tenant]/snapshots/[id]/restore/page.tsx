import type { Metadata } from 'next';
import { RestorePreviewPage } from '@/components/restores/restore-preview-page';
import { snapshot } from '@/components/snapshots/queries';
import { getSnapshot } from '@/lib/features/history/snapshots/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Restore a snapshot' };

export default async function RestoreSnapshotPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[snapshot(tenant, id), getSnapshot, { id }]]}>
      <RestorePreviewPage snapshotId={id} />
    </Prefetch>
  );
}
