import type { Metadata } from 'next';
import { ConnectForm } from '@/components/environments/connect-form';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';
import type { SearchParams } from '@/lib/server/page';

export const metadata: Metadata = { title: 'Connect an environment' };

type NewEnvironmentPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function NewEnvironmentPage({ params, searchParams }: NewEnvironmentPageProps) {
  const { tenant } = await params;
  const isFirst = (await searchParams).first !== undefined;
  return (
    <Page crumbs={[{ label: 'Environments', href: `/t/${tenant}/environments` }, { label: 'Connect' }]}>
      <PageHead
        title={isFirst ? 'Connect your first n8n' : 'Connect an environment'}
        lede="Community edition is enough: everything goes through n8n’s public API. Reading changes nothing there."
      />
      <Needs permission="environment:write" what="New environments">
        <ConnectForm />
      </Needs>
    </Page>
  );
}
