import type { Metadata } from 'next';
import { JobList } from '@/components/jobs/job-list';
import { JOB_FILTERS, JOB_SORT } from '@/components/jobs/list-settings';
import { jobs } from '@/components/jobs/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listBackgroundJobs } from '@/lib/features/service/background-jobs/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Activity' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function ActivityPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, JOB_SORT, JOB_FILTERS);
  return (
    <Page crumbs={[{ label: 'Activity' }]}>
      <PageHead title="Activity" lede="Background work, live. It survives a reload, and a restart." />
      <Prefetch tenant={tenant} queries={[[jobs(tenant, query), listBackgroundJobs, query]]}>
        <JobList />
      </Prefetch>
    </Page>
  );
}
