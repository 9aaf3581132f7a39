import type { Metadata } from 'next';
import { driftPolicy } from '@/components/drift-policies/queries';
import { IncidentPage } from '@/components/incidents/incident-page';
import { incident } from '@/components/incidents/queries';
import { getDriftPolicy } from '@/lib/features/drift/drift-policies/operations';
import { getIncident } from '@/lib/features/drift/incidents/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Incident' };

export default async function IncidentDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch
      tenant={tenant}
      queries={[
        [incident(tenant, id), getIncident, { id }],
        [driftPolicy(tenant), getDriftPolicy, {}],
      ]}
    >
      <IncidentPage id={id} />
    </Prefetch>
  );
}
