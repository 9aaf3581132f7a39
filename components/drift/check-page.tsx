'use client';

import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-id';
import { KeyValues } from '@/components/ui/key-values';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import { formatSpan } from '@/lib/client/time-format';
import type { DriftReportDetail } from '@/lib/features/drift/drift-reports/schema';
import { CHECK_WORDS, countsInWords, TRIGGER_WORDS } from './drift-words';
import { FlagList } from './flag-list';
import { useCheck } from './queries';

/** One look at an environment: what it compared, and every workflow that differed then. */
export function CheckPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useCheck(id);
  const crumbs = [
    { label: 'Incidents', href: `/t/${slug}/incidents` },
    { label: 'Checks', href: `/t/${slug}/incidents/checks` },
    { label: data ? `Check of ${data.environment.name}` : 'Check' },
  ];
  return (
    <Page crumbs={crumbs} tier={data?.environment.class}>
      {data ? (
        <Known check={data} />
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={12} label="the check" />
      )}
    </Page>
  );
}

function Known({ check }: { check: DriftReportDetail }) {
  const { slug } = useTenant();
  const { environment, status, startedAt, problem, flags, flagCount } = check;
  const back = <ButtonLink href={`/t/${slug}/environments/${environment.id}/drift`}>How it stands now</ButtonLink>;
  return (
    <>
      <PageHead
        title={
          <>
            Check of <EnvironmentName tier={environment.class} name={environment.name} size="lg" />
          </>
        }
        lede={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Status {...CHECK_WORDS[status]} />
            <Time at={startedAt} show="full" />
          </span>
        }
        actions={back}
      />
      {problem ? (
        <div className="mt-4">
          <Note tone="unknown">
            It failed: {problem.detail} It says nothing about drift, and moved neither the state nor its age.
          </Note>
        </div>
      ) : (
        <Section title="What differed" note={countsInWords(check)}>
          <FlagList
            flags={flags}
            count={flagCount}
            empty={
              <EmptyState
                title={status === 'no_baseline' ? 'Nothing was approved' : 'Nothing differed'}
                why={status === 'no_baseline' ? 'There was nothing to compare with.' : 'All was as approved.'}
                next={back}
              />
            }
          />
        </Section>
      )}
      <Facts check={check} />
    </>
  );
}

function Facts({ check }: { check: DriftReportDetail }) {
  const { trigger, startedBy, durationMs, workflowCount, approvedSha } = check;
  return (
    <Section title="Facts">
      <div className="pt-3">
        <KeyValues
          items={[
            ['Begun', `${TRIGGER_WORDS[trigger]}, ${startedBy}`],
            ['Took', formatSpan(durationMs)],
            ['Workflows there', workflowCount],
            approvedSha && ['Compared with', <CopyId key="sha" id={approvedSha} noun="commit" />],
          ]}
        />
      </div>
    </Section>
  );
}
