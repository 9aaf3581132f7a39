import type { Metadata } from 'next';
import { BindingsHead } from '@/components/bindings/bindings-head';
import { CredentialMatrix } from '@/components/bindings/credential-matrix';
import { credentialMatrix } from '@/components/bindings/queries';
import { Page } from '@/components/shell/page';
import { getCredentialMatrix } from '@/lib/features/change/bindings/operations';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Credentials by environment' };

type MatrixPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function CredentialMatrixPage({ params, searchParams }: MatrixPageProps) {
  const { tenant } = await params;
  const { source } = await searchParams;
  const query = { sourceEnvironmentId: typeof source === 'string' && source ? source : undefined };
  return (
    <Page crumbs={[{ label: 'Bindings', href: `/t/${tenant}/bindings` }, { label: 'Credentials' }]}>
      <BindingsHead current="/credentials" />
      <Prefetch tenant={tenant} queries={[[credentialMatrix(tenant, query), getCredentialMatrix, query]]}>
        <CredentialMatrix />
      </Prefetch>
    </Page>
  );
}
