import type { Metadata } from 'next';
import { executions } from '@/components/executions/queries';
import { Home } from '@/components/home/home';
import { DECIDABLE, FAILED_RUNS, OPEN_INCIDENTS, WORST_ROWS } from '@/components/home/home-queries';
import { PENDING_APPROVALS } from '@/components/incidents/list-settings';
import { driftApprovals, incidents } from '@/components/incidents/queries';
import { jobs, LATEST_JOBS } from '@/components/jobs/queries';
import { matrix } from '@/components/lineages/queries';
import { promotions } from '@/components/promotions/queries';
import { Page } from '@/components/shell/page';
import { getMatrix } from '@/lib/features/change/lineages/matrix-operations';
import { listPromotions } from '@/lib/features/delivery/promotions/operations';
import { listDriftApprovals } from '@/lib/features/drift/drift-approvals/operations';
import { listIncidents } from '@/lib/features/drift/incidents/operations';
import { listExecutions } from '@/lib/features/inventory/executions/operations';
import { listBackgroundJobs } from '@/lib/features/service/background-jobs/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Home' };

export default async function HomePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  return (
    <Page crumbs={[{ label: 'Home' }]}>
      <Prefetch
        tenant={tenant}
        queries={[
          [incidents(tenant, OPEN_INCIDENTS), listIncidents, OPEN_INCIDENTS],
          [promotions(tenant, DECIDABLE), listPromotions, DECIDABLE],
          [driftApprovals(tenant, PENDING_APPROVALS), listDriftApprovals, PENDING_APPROVALS],
          [executions(tenant, FAILED_RUNS), listExecutions, FAILED_RUNS],
          [jobs(tenant, LATEST_JOBS), listBackgroundJobs, LATEST_JOBS],
          [matrix(tenant, WORST_ROWS), getMatrix, WORST_ROWS],
        ]}
      >
        <Home />
      </Prefetch>
    </Page>
  );
}
