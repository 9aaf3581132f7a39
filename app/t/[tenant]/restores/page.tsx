import type { Metadata } from 'next';
import { RESTORE_FILTERS, RESTORE_SORT } from '@/components/restores/list-settings';
import { restores } from '@/components/restores/queries';
import { RestoreList } from '@/components/restores/restore-list';
import { Page, PageHead } from '@/components/shell/page';
import { SnapshotPlaces } from '@/components/snapshots/snapshot-places';
import { listRestores } from '@/lib/features/history/restore/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Restores' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function RestoresPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, RESTORE_SORT, RESTORE_FILTERS);
  return (
    <Page crumbs={[{ label: 'Snapshots', href: `/t/${tenant}/snapshots` }, { label: 'Restores' }]}>
      <PageHead title="Restores" lede="What was brought back from snapshots, planned and done." />
      <SnapshotPlaces current="/restores" />
      <Prefetch tenant={tenant} queries={[[restores(tenant, query), listRestores, query]]}>
        <RestoreList />
      </Prefetch>
    </Page>
  );
}
