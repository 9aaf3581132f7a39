import type { Metadata } from 'next';
import { EnvironmentDrift } from '@/components/drift/environment-drift';
import { CHECK_FILTERS, CHECK_SORT } from '@/components/drift/list-settings';
import { check, checks, newestCheckJob, standingCheck } from '@/components/drift/queries';
import { driftPolicy } from '@/components/drift-policies/queries';
import { capabilities, environment } from '@/components/environments/queries';
import { jobs } from '@/components/jobs/queries';
import { getEnvironmentCapabilities } from '@/lib/features/connections/environments/check-operations';
import { getEnvironment } from '@/lib/features/connections/environments/operations';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { getDriftPolicy } from '@/lib/features/drift/drift-policies/operations';
import { getDriftReport, listDriftReports } from '@/lib/features/drift/drift-reports/operations';
import type { DriftReport } from '@/lib/features/drift/drift-reports/schema';
import { listBackgroundJobs } from '@/lib/features/service/background-jobs/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch, type Prefetched } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Drift' };

type DriftPageProps = { params: Promise<{ tenant: string; id: string }>; searchParams: SearchParams };

export default async function EnvironmentDriftPage({ params, searchParams }: DriftPageProps) {
  const { tenant, id } = await params;
  const flagsOf = ({ items }: { items: DriftReport[] }): Prefetched[] =>
    items.map(({ id }) => [check(tenant, id), getDriftReport, { id }]);
  const findingsOf = ({ axes: { drift } }: Environment): Prefetched[] => {
    if (!drift.checkedAt) return [];
    const query = standingCheck(id, drift.checkedAt);
    return [[checks(tenant, query), listDriftReports, query, flagsOf]];
  };
  const query = { ...listQueryFrom(await searchParams, CHECK_SORT, CHECK_FILTERS), environmentId: id };
  return (
    <Prefetch
      tenant={tenant}
      queries={[
        [environment(tenant, id), getEnvironment, { id }, findingsOf],
        [capabilities(tenant, id), getEnvironmentCapabilities, { id }],
        [jobs(tenant, newestCheckJob(id)), listBackgroundJobs, newestCheckJob(id)],
        [driftPolicy(tenant), getDriftPolicy, {}],
        [checks(tenant, query), listDriftReports, query],
      ]}
    >
      <EnvironmentDrift id={id} />
    </Prefetch>
  );
}
