import type { Metadata } from 'next';
import { IdentityList } from '@/components/lineages/identity-list';
import { LinkAutomatically } from '@/components/lineages/link-automatically';
import { IDENTITY_FILTERS, IDENTITY_SORT } from '@/components/lineages/list-settings';
import { MatrixPlaces } from '@/components/lineages/matrix-places';
import { identities, identitySummary } from '@/components/lineages/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listIdentities, summarizeLineages } from '@/lib/features/change/lineages/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Linking' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function LinkingPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, IDENTITY_SORT, IDENTITY_FILTERS);
  return (
    <Page crumbs={[{ label: 'Matrix', href: `/t/${tenant}/matrix` }, { label: 'Linking' }]}>
      <Prefetch
        tenant={tenant}
        queries={[
          [identities(tenant, query), listIdentities, query],
          [identitySummary(tenant), summarizeLineages, {}],
        ]}
      >
        <PageHead
          title="Linking"
          lede="Which workflow of one environment is which of another. What is beyond doubt is linked by itself; people decide the rest, with a reason."
          actions={<LinkAutomatically />}
        />
        <MatrixPlaces current="/linking" />
        <IdentityList />
      </Prefetch>
    </Page>
  );
}
