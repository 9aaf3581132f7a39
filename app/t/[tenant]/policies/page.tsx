import type { Metadata } from 'next';
import { PolicyPage } from '@/components/drift-policies/policy-page';
import { driftPolicy, driftPolicyTemplates } from '@/components/drift-policies/queries';
import { Page, PageHead } from '@/components/shell/page';
import { getDriftPolicy, listDriftPolicyTemplates } from '@/lib/features/drift/drift-policies/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Policies' };

export default async function PoliciesPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  return (
    <Page crumbs={[{ label: 'Policies' }]}>
      <PageHead
        title="Policies"
        lede="How the organisation deals with drift: how often it looks, how fast it answers, and what stops meanwhile."
      />
      <Prefetch
        tenant={tenant}
        queries={[
          [driftPolicy(tenant), getDriftPolicy, {}],
          [driftPolicyTemplates(tenant), listDriftPolicyTemplates, {}],
        ]}
      >
        <PolicyPage />
      </Prefetch>
    </Page>
  );
}
