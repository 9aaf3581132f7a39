'use client';

import { parseAsBoolean, useQueryState } from 'nuqs';
import { PlanSteps } from '@/components/journal/plan-steps';
import { RunProblems } from '@/components/journal/run-problems';
import { RunProgress } from '@/components/journal/run-progress';
import { RunTimeline } from '@/components/journal/run-timeline';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { ProgressSteps, writeSteps } from '@/components/patterns/progress-steps';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-id';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Restore } from '@/lib/features/history/restore/schema';
import { ExecuteRestore } from './execute-restore';
import { useRestore } from './queries';
import { RestoreDraft } from './restore-draft';
import { KeptSecrets, RestoreFacts, RestoreOutcome } from './restore-outcome';
import { RESTORE_WORDS } from './restore-words';

/** One restore: its plan, the steps as they are made, and what was verified. Resumable: all of it is on the server. */
export function RestorePage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useRestore(id);
  const crumbs = [
    { label: 'Snapshots', href: `/t/${slug}/snapshots` },
    { label: 'Restores', href: `/t/${slug}/restores` },
    { label: data?.snapshot.message ?? 'Restore' },
  ];
  return (
    <Page crumbs={crumbs} tier={data?.environment.class}>
      {data ? (
        <>
          <Head restore={data} />
          {isGivenUp(data) && (
            <div className="mt-4">
              <Note tone="warn">
                Its work was given up on the way. Within a minute it is taken up again, or ends if nothing was written.
              </Note>
            </div>
          )}
          {data.run ? <Record restore={data} /> : <Planned restore={data} />}
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={14} label="the restore" />
      )}
    </Page>
  );
}

/** Started, and nobody works on it. */
const isGivenUp = ({ status, execute }: Restore): boolean => status === 'running' && execute.allowed;

function Head({ restore }: { restore: Restore }) {
  const { slug } = useTenant();
  const { environment, snapshot, actor, createdAt, plan, status } = restore;
  return (
    <PageHead
      title={
        <>
          Restore in <EnvironmentName tier={environment.class} name={environment.name} size="lg" />
        </>
      }
      lede={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Status {...RESTORE_WORDS[status]} />
          <a className="link" href={`/t/${slug}/snapshots/${snapshot.id}`}>
            {snapshot.message}
          </a>
          <span>
            by {actor.label} <Time at={createdAt} />
          </span>
          <span>
            plan <CopyId id={plan.digest} noun="plan digest" />
          </span>
        </span>
      }
      actions={(status === 'planned' || isGivenUp(restore)) && <ExecuteRestore restore={restore} />}
    />
  );
}

function Planned({ restore }: { restore: Restore }) {
  const { slug } = useTenant();
  const [moved] = useQueryState('moved', parseAsBoolean.withDefault(false));
  const back = <ButtonLink href={`/t/${slug}/snapshots/${restore.snapshot.id}`}>Back to the snapshot</ButtonLink>;
  return (
    <>
      {moved && restore.status === 'planned' && (
        <div className="mt-4">
          <Note tone="warn">
            The instance changed since you looked. Nothing was written; this is the plan for what is there now.
          </Note>
        </div>
      )}
      {restore.status === 'running' && !isGivenUp(restore) && (
        <div className="mt-4">
          <ProgressSteps label="Progress" steps={writeSteps('accepted')} />
        </div>
      )}
      <RunProblems problems={restore.outcome?.problems ?? []} />
      <RestoreDraft {...restore} />
      <Section title="Exactly these calls" note={restore.plan.steps.length}>
        <PlanSteps steps={restore.plan.steps} next={back} />
      </Section>
    </>
  );
}

function Record({ restore }: { restore: Restore }) {
  const run = restore.run!;
  return (
    <>
      <RunProgress run={run} />
      <div className="grid grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] gap-x-10 max-lg:grid-cols-1">
        <div className="min-w-0">
          <RunProblems problems={run.problems} />
          <Section title="Journal" note={`${run.steps.length} steps`}>
            <div className="pt-2">
              <RunTimeline run={run} />
            </div>
          </Section>
        </div>
        <div className="min-w-0">
          <RestoreOutcome restore={restore} />
          <KeptSecrets secrets={restore.outcome?.secrets ?? []} />
          <RestoreFacts restore={restore} />
        </div>
      </div>
    </>
  );
}
