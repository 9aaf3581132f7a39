'use client';

import { ExternalLink } from 'lucide-react';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { Icon } from '@/components/ui/icon';
import { KeyValues } from '@/components/ui/key-values';
import { NameLink } from '@/components/ui/name-link';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import { durationInWords, ExecutionStatus } from './execution-status';
import { useExecution } from './queries';

/** One run: what we keep of it, and what n8n still knows. */
export function ExecutionPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useExecution(id);
  const list = { label: 'Executions', href: `/t/${slug}/executions` };
  const name = data ? (data.workflowName ?? data.workflowN8nId) : 'Execution';
  return (
    <Page crumbs={[list, { label: data ? `#${data.n8nId}` : 'Execution' }]} tier={data?.environment.class}>
      {error && <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />}
      {!data && !error && <SkeletonLines lines={10} label="the run" />}
      {data && (
        <>
          <PageHead
            title={`${name} #${data.n8nId}`}
            lede={
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <ExecutionStatus status={data.status} />
                <EnvironmentName tier={data.environment.class} name={data.environment.name} />
                <a className="link inline-flex items-center gap-1" href={data.openUrl} target="_blank" rel="noreferrer">
                  Open in n8n <Icon of={ExternalLink} className="size-3.5" />
                </a>
              </span>
            }
          />
          <Section title="Run">
            <div className="pt-3">
              <KeyValues
                items={[
                  data.workflowId !== null && [
                    'Workflow',
                    <NameLink key="workflow" href={`/t/${slug}/workflows/${data.workflowId}`}>
                      {name}
                    </NameLink>,
                  ],
                  ['Began by', data.mode],
                  data.startedAt !== null && ['Started', <Time key="started" at={data.startedAt} show="full" />],
                  data.stoppedAt !== null && ['Ended', <Time key="stopped" at={data.stoppedAt} show="full" />],
                  data.durationMs !== null && ['Took', durationInWords(data.durationMs)],
                  data.retryOf !== null && ['Retry of', `#${data.retryOf}`],
                ]}
              />
            </div>
          </Section>
          <Section title="What n8n still knows">
            <div className="pt-3">
              {data.live?.error && (
                <Note tone="bad">
                  <b className="text-ink-1">{data.live.error.message}</b>
                  {data.live.error.node && ` in ${data.live.error.node}`}
                </Note>
              )}
              {data.live && !data.live.error && <p className="text-ink-2">It reports no error for this run.</p>}
              {data.liveProblem && <Note tone="unknown">{data.liveProblem.detail}</Note>}
            </div>
          </Section>
        </>
      )}
    </Page>
  );
}
