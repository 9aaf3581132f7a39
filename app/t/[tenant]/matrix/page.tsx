import type { Metadata } from 'next';
import { MATRIX_FILTERS, MATRIX_SORT } from '@/components/lineages/list-settings';
import { Matrix } from '@/components/lineages/matrix';
import { MatrixPlaces } from '@/components/lineages/matrix-places';
import { identitySummary, matrix } from '@/components/lineages/queries';
import { PromoteLink } from '@/components/promotions/promote-link';
import { Page, PageHead } from '@/components/shell/page';
import { getMatrix } from '@/lib/features/change/lineages/matrix-operations';
import { summarizeLineages } from '@/lib/features/change/lineages/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Matrix' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function MatrixPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, MATRIX_SORT, MATRIX_FILTERS);
  return (
    <Page crumbs={[{ label: 'Matrix' }]}>
      <Prefetch
        tenant={tenant}
        queries={[
          [matrix(tenant, query), getMatrix, query],
          [identitySummary(tenant), summarizeLineages, {}],
        ]}
      >
        <PageHead
          title="Matrix"
          lede="Where each workflow stands in every environment, compared by what it does: credentials and sub-workflows that have another id there do not count."
          actions={<PromoteLink />}
        />
        <MatrixPlaces current="" />
        <Matrix />
      </Prefetch>
    </Page>
  );
}
