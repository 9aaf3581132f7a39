import type { Metadata } from 'next';
import Link from 'next/link';
import { ApiKeyList } from '@/components/api-keys/api-key-list';
import { CreateKeyButton } from '@/components/api-keys/create-key-dialog';
import { API_KEY_FILTERS, API_KEY_SORT } from '@/components/api-keys/list-settings';
import { apiKeys } from '@/components/api-keys/queries';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';
import { listApiKeys } from '@/lib/features/identity/api-keys/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'API keys' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function ApiKeysPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, API_KEY_SORT, API_KEY_FILTERS);
  return (
    <Page crumbs={[{ label: 'API keys' }]}>
      <PageHead title="API keys" lede={<Lede />} actions={<CreateKeyButton />} />
      <Needs permission="api-key:read" what="API keys">
        <Prefetch tenant={tenant} queries={[[apiKeys(tenant, query), listApiKeys, query]]}>
          <ApiKeyList />
        </Prefetch>
      </Needs>
    </Page>
  );
}

function Lede() {
  return (
    <>
      For programs: everything the pages do, they can do through the{' '}
      <Link href="/docs/api" className="link underline underline-offset-3">
        API
      </Link>
      .
    </>
  );
}
