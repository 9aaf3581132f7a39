import type { Metadata } from 'next';
import { pipelines, USABLE_PIPELINES } from '@/components/pipelines/queries';
import { PromoteDraft } from '@/components/promotions/promote-draft';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';
import { listPipelines } from '@/lib/features/delivery/pipelines/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Promote' };

export default async function PromotePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  return (
    <Page crumbs={[{ label: 'Promotions', href: `/t/${tenant}/promotions` }, { label: 'Promote' }]}>
      <PageHead title="Promote" lede="Choose what goes where. It is compared and planned before anything is written." />
      <Needs permission="promotion:write" what="Promotions">
        <Prefetch tenant={tenant} queries={[[pipelines(tenant), listPipelines, USABLE_PIPELINES]]}>
          <PromoteDraft />
        </Prefetch>
      </Needs>
    </Page>
  );
}
