import type { Metadata } from 'next';
import { LinkAutomatically } from '@/components/lineages/link-automatically';
import { SUGGESTION_FILTERS, SUGGESTION_SORT } from '@/components/lineages/list-settings';
import { MatrixPlaces } from '@/components/lineages/matrix-places';
import { identitySummary, suggestions } from '@/components/lineages/queries';
import { SuggestionList } from '@/components/lineages/suggestion-list';
import { Page, PageHead } from '@/components/shell/page';
import { summarizeLineages } from '@/lib/features/change/lineages/operations';
import { listSuggestions } from '@/lib/features/change/lineages/suggestion-operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Suggestions' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function SuggestionsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, SUGGESTION_SORT, SUGGESTION_FILTERS);
  return (
    <Page crumbs={[{ label: 'Matrix', href: `/t/${tenant}/matrix` }, { label: 'Suggestions' }]}>
      <Prefetch
        tenant={tenant}
        queries={[
          [suggestions(tenant, query), listSuggestions, query],
          [identitySummary(tenant), summarizeLineages, {}],
        ]}
      >
        <PageHead
          title="Suggestions"
          lede="Pairs that look alike and are not linked, the likeliest first. Nothing is linked until somebody says so."
          actions={<LinkAutomatically />}
        />
        <MatrixPlaces current="/suggestions" />
        <SuggestionList />
      </Prefetch>
    </Page>
  );
}
