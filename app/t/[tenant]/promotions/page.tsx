import type { Metadata } from 'next';
import { PROMOTION_FILTERS, PROMOTION_SORT } from '@/components/promotions/list-settings';
import { PromoteLink } from '@/components/promotions/promote-link';
import { PromotionList } from '@/components/promotions/promotion-list';
import { promotions } from '@/components/promotions/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listPromotions } from '@/lib/features/delivery/promotions/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Promotions' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function PromotionsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, PROMOTION_SORT, PROMOTION_FILTERS);
  return (
    <Page crumbs={[{ label: 'Promotions' }]}>
      <PageHead
        title="Promotions"
        lede="What is on its way from one environment to the next, and what was."
        actions={<PromoteLink variant="primary" />}
      />
      <Prefetch tenant={tenant} queries={[[promotions(tenant, query), listPromotions, query]]}>
        <PromotionList />
      </Prefetch>
    </Page>
  );
}
