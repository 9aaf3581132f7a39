'use client';

import { CheckAll } from '@/components/drift/check-all';
import { ConnectLink, EnvironmentTable } from '@/components/environments/environment-table';
import { useEnvironments } from '@/components/environments/queries';
import { RecentJobs } from '@/components/jobs/recent-jobs';
import { Verdict } from '@/components/patterns/verdict';
import { useMay } from '@/components/shell/tenant';
import { verdictOf } from './verdict-of';
import { WaitsForMe } from './waits-for-me';
import { WorstRows } from './worst-rows';

/** What is known, what waits for whoever looks, where things differ: the first page of the day. */
export function Home() {
  const { data } = useEnvironments();
  const mayConnect = useMay('environment:write');
  const verdict = data && data.items.length > 0 ? verdictOf(data.items) : null;
  return (
    <>
      <h1 className="sr-only">Home</h1>
      <div className="flex items-start justify-between gap-6 max-md:flex-col">
        {verdict ? <Verdict finding={verdict.finding}>{verdict.rest}</Verdict> : <span />}
        {verdict && (
          <div className="flex flex-none flex-wrap items-start gap-2">
            <CheckAll />
            {mayConnect && <ConnectLink />}
          </div>
        )}
      </div>
      <section aria-label="Environments" className="mt-6">
        <EnvironmentTable />
      </section>
      {verdict && (
        <>
          <div className="grid grid-cols-2 gap-8 max-lg:grid-cols-1 max-lg:gap-0">
            <WaitsForMe />
            <RecentJobs />
          </div>
          <WorstRows />
        </>
      )}
    </>
  );
}
