'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEnvironments } from '@/components/environments/queries';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { useTenant } from '@/components/shell/tenant';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { JobStatus } from './job-status';
import { jobInWords } from './job-words';
import { jobs, LATEST_JOBS } from './queries';

/** What the product did lately, live. */
export function RecentJobs() {
  const { slug } = useTenant();
  const { data } = useQuery(jobs(slug, LATEST_JOBS));
  const environments = useEnvironments().data?.items ?? [];
  return (
    <Section
      title="Activity"
      actions={
        <Link className="link" href={`/t/${slug}/activity`}>
          All activity
        </Link>
      }
    >
      {!data && <SkeletonLines lines={3} label="activity" />}
      {data?.items.length === 0 && <p className="py-3 text-ink-3">Nothing yet.</p>}
      <ul>
        {data?.items.map((job) => {
          const environment = environments.find(({ id }) => id === job.environmentId);
          return (
            <li key={job.id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2.5">
              <span className="w-28">
                <JobStatus job={job} />
              </span>
              <NameLink href={`/t/${slug}/activity/${job.id}`}>{jobInWords(job.type)}</NameLink>
              {environment && <EnvironmentName tier={environment.class} name={environment.name} />}
              <Time at={job.createdAt} className="ml-auto text-12 text-ink-3" />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
