'use client';

import { useEnvironments } from '@/components/environments/queries';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { CopyId } from '@/components/ui/copy-id';
import { JsonView } from '@/components/ui/json-view';
import { KeyValues } from '@/components/ui/key-values';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import { SYNC_PHASES } from '@/lib/features/connections/environments/model';
import type { BackgroundJob } from '@/lib/features/service/background-jobs/schema';
import { JobProgress } from './job-progress';
import { jobInWords } from './job-words';
import { useJob } from './queries';

/** One piece of background work: its steps, live, and what came of it. */
export function JobPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useJob(id);
  const list = { label: 'Activity', href: `/t/${slug}/activity` };
  return (
    <Page crumbs={[list, { label: data ? jobInWords(data.type) : 'Job' }]}>
      {error && <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />}
      {!data && !error && <SkeletonLines lines={8} label="the job" />}
      {data && <JobFacts job={data} />}
    </Page>
  );
}

function JobFacts({ job }: { job: BackgroundJob }) {
  const { slug } = useTenant();
  const environment = useEnvironments().data?.items.find(({ id }) => id === job.environmentId);
  const steps = job.type === 'environment-sync' ? SYNC_PHASES : (job.progress?.steps ?? []).map(({ name }) => name);
  return (
    <>
      <PageHead title={jobInWords(job.type)} lede={<CopyId id={job.id} noun="job id" full />} />
      <JobProgress job={job} steps={steps} />
      <Section title="Facts">
        <div className="pt-3">
          <KeyValues
            items={[
              environment && [
                'Environment',
                <EnvironmentName
                  key="environment"
                  tier={environment.class}
                  name={environment.name}
                  href={`/t/${slug}/environments/${environment.id}`}
                />,
              ],
              ['Asked for', <Time key="created" at={job.createdAt} show="full" />],
              job.finishedAt && ['Ended', <Time key="finished" at={job.finishedAt} show="full" />],
              ['Attempts', job.attempts],
            ]}
          />
        </div>
      </Section>
      {job.result !== null && (
        <Section title="Result">
          <JsonView value={job.result} label="Result of the job" />
        </Section>
      )}
    </>
  );
}
