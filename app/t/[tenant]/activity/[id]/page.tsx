import type { Metadata } from 'next';
import { JobPage } from '@/components/jobs/job-page';
import { job } from '@/components/jobs/queries';
import { getBackgroundJob } from '@/lib/features/service/background-jobs/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Job' };

export default async function JobDetailPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return (
    <Prefetch tenant={tenant} queries={[[job(tenant, id), getBackgroundJob, { id }]]}>
      <JobPage id={id} />
    </Prefetch>
  );
}
