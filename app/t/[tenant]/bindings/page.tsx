import type { Metadata } from 'next';
import { BindingList } from '@/components/bindings/binding-list';
import { BindingsHead } from '@/components/bindings/bindings-head';
import { BINDING_FILTERS, BINDING_SORT } from '@/components/bindings/list-settings';
import { bindings } from '@/components/bindings/queries';
import { Page } from '@/components/shell/page';
import { listBindings } from '@/lib/features/change/bindings/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Bindings' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function BindingsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, BINDING_SORT, BINDING_FILTERS);
  return (
    <Page crumbs={[{ label: 'Bindings' }]}>
      <BindingsHead current="" />
      <Prefetch tenant={tenant} queries={[[bindings(tenant, query), listBindings, query]]}>
        <BindingList />
      </Prefetch>
    </Page>
  );
}
