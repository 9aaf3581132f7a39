import type { Metadata } from 'next';
import { Page, PageHead } from '@/components/shell/page';
import { SNAPSHOT_FILTERS, SNAPSHOT_SORT } from '@/components/snapshots/list-settings';
import { snapshots } from '@/components/snapshots/queries';
import { SnapshotList } from '@/components/snapshots/snapshot-list';
import { SnapshotPlaces } from '@/components/snapshots/snapshot-places';
import { TakeSnapshot } from '@/components/snapshots/take-snapshot';
import { listSnapshots } from '@/lib/features/history/snapshots/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Snapshots' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function SnapshotsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, SNAPSHOT_SORT, SNAPSHOT_FILTERS);
  return (
    <Page crumbs={[{ label: 'Snapshots' }]}>
      <PageHead
        title="Snapshots"
        lede="All of an environment at a moment, each one commit in git. Any two can be compared; each can be brought back."
        actions={<TakeSnapshot />}
      />
      <SnapshotPlaces current="/snapshots" />
      <Prefetch tenant={tenant} queries={[[snapshots(tenant, query), listSnapshots, query]]}>
        <SnapshotList />
      </Prefetch>
    </Page>
  );
}
