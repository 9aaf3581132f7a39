import type { Metadata } from 'next';
import { CredentialList } from '@/components/credentials/credential-list';
import { CREDENTIAL_FILTERS, CREDENTIAL_SORT } from '@/components/credentials/list-settings';
import { credentials } from '@/components/credentials/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listCredentials } from '@/lib/features/inventory/credentials/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Credentials' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function CredentialsPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, CREDENTIAL_SORT, CREDENTIAL_FILTERS);
  return (
    <Page crumbs={[{ label: 'Credentials' }]}>
      <PageHead title="Credentials" lede="Names, types and where they are used. Secrets stay in n8n." />
      <Prefetch tenant={tenant} queries={[[credentials(tenant, query), listCredentials, query]]}>
        <CredentialList />
      </Prefetch>
    </Page>
  );
}
