import type { Metadata } from 'next';
import { CheckPage } from '@/components/drift/check-page';
import { check } from '@/components/drift/queries';
import { getDriftReport } from '@/lib/features/drift/drift-reports/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Drift check' };

export default async function DriftCheckPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[check(tenant, id), getDriftReport, { id }]]}>
      <CheckPage id={id} />
    </Prefetch>
  );
}
