'use client';

import { JobProgress } from '@/components/jobs/job-progress';
import { useJob } from '@/components/jobs/queries';
import { RunProblems } from '@/components/journal/run-problems';
import { RunProgress } from '@/components/journal/run-progress';
import { RunTimeline } from '@/components/journal/run-timeline';
import { useTenant } from '@/components/shell/tenant';
import { CopyId } from '@/components/ui/copy-id';
import { Section } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { Incident } from '@/lib/features/drift/incidents/schema';
import { RECONCILIATION_WORDS, RESOLUTION_WORDS } from './incident-words';

type Reconciliation = Incident['reconciliations'][number];

/** What was done about the incident: each resolution with its steps as they were made, or are being made. */
export function Reconciliations({ incident: { reconciliations } }: { incident: Incident }) {
  if (reconciliations.length === 0) return null;
  return (
    <Section title="What was done" note={reconciliations.length}>
      {reconciliations.map((one) => (
        <article key={one.id} className="border-b border-line py-3">
          <Head reconciliation={one} />
          {one.status === 'pending' && !one.run && <Running jobId={one.jobId} resolution={one.resolution} />}
          {one.problem && <p className="mt-1 text-bad">{one.problem.detail}</p>}
          {one.run && (
            <>
              <RunProgress run={one.run} />
              <RunProblems problems={one.run.problems} />
              <details className="mt-2">
                <summary className="min-h-6 cursor-pointer text-ink-2">Journal, {one.run.steps.length} steps</summary>
                <RunTimeline run={one.run} />
              </details>
            </>
          )}
        </article>
      ))}
    </Section>
  );
}

function Head({ reconciliation: one }: { reconciliation: Reconciliation }) {
  const { slug } = useTenant();
  const { verb, after } = RESOLUTION_WORDS[one.resolution];
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <b>{verb}</b>
        <Status {...RECONCILIATION_WORDS[one.status]} />
        <span className="text-ink-2">{one.workflowCount === 1 ? '1 workflow' : `${one.workflowCount} workflows`}</span>
        <span className="text-ink-3">
          by {one.by} <Time at={one.createdAt} />
        </span>
        {one.commitSha && <CopyId id={one.commitSha} noun="commit" />}
        {one.jobId && <TextLink href={`/t/${slug}/activity/${one.jobId}`}>In the activity</TextLink>}
      </p>
      <p className="mt-1 text-ink-2">
        <q>{one.reason}</q> {one.status === 'completed' && after}{' '}
        {one.expiresAt && <Time at={one.expiresAt} show="full" prefix="Until" />}
      </p>
    </>
  );
}

function Running({ jobId, resolution }: { jobId: string | null; resolution: Reconciliation['resolution'] }) {
  const { data } = useJob(jobId);
  return data ? <JobProgress job={data} steps={[resolution, 'checking']} /> : null;
}
