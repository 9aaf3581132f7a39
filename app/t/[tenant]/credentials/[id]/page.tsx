import type { Metadata } from 'next';
import { CredentialPage } from '@/components/credentials/credential-page';
import { credential } from '@/components/credentials/queries';
import { getCredential } from '@/lib/features/inventory/credentials/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Credential' };

export default async function CredentialDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[credential(tenant, id), getCredential, { id }]]}>
      <CredentialPage id={id} />
    </Prefetch>
  );
}
