import type { Metadata } from 'next';
import { me } from '@/components/account/queries';
import { driftPolicy } from '@/components/drift-policies/queries';
import { capabilities } from '@/components/environments/queries';
import { IncidentPage } from '@/components/incidents/incident-page';
import { approvalsOf, driftApprovals, incident } from '@/components/incidents/queries';
import { getEnvironmentCapabilities } from '@/lib/features/connections/environments/check-operations';
import { listDriftApprovals } from '@/lib/features/drift/drift-approvals/operations';
import { getDriftPolicy } from '@/lib/features/drift/drift-policies/operations';
import { getIncident } from '@/lib/features/drift/incidents/operations';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { getMe } from '@/lib/features/identity/users/operations';
import { Prefetch, type Prefetched } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Incident' };

export default async function IncidentDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  // What may be done is said at once: buttons that change their minds move what stands below.
  const guardOf = ({ environment: { id } }: Incident): Prefetched[] => [
    [capabilities(tenant, id), getEnvironmentCapabilities, { id }],
  ];
  return (
    <Prefetch
      tenant={tenant}
      queries={[
        [incident(tenant, id), getIncident, { id }, guardOf],
        [driftApprovals(tenant, approvalsOf(id)), listDriftApprovals, approvalsOf(id)],
        [me(tenant), getMe, {}],
        [driftPolicy(tenant), getDriftPolicy, {}],
      ]}
    >
      <IncidentPage id={id} />
    </Prefetch>
  );
}
