'use client';

import type { ReactNode } from 'react';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { SkeletonLines } from '@/components/ui/skeleton';
import { TabLinks } from '@/components/ui/tab-links';
import { DownloadWorkflows } from '@/components/workflows/download-workflows';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { useEnvironment } from './queries';
import { RefreshButton } from './refresh';

type EnvironmentPageProps = {
  id: string;
  /** Which tab is open; the part of the path behind the id. */
  tab: '' | '/drift' | '/settings';
  children(environment: Environment): ReactNode;
};

/** Head, tabs and the open tab of one environment. */
export function EnvironmentPage({ id, tab, children }: EnvironmentPageProps) {
  const { slug } = useTenant();
  const { data, error, refetch } = useEnvironment(id);
  const base = `/t/${slug}/environments/${id}`;
  const list = { label: 'Environments', href: `/t/${slug}/environments` };
  return (
    <Page crumbs={[list, { label: data?.name ?? 'Environment' }]} tier={data?.class}>
      {data ? (
        <>
          <PageHead
            title={<EnvironmentName tier={data.class} name={data.name} size="lg" />}
            lede={
              <>
                {data.providerVersion ? `n8n ${data.providerVersion}` : 'Version unknown'} ·{' '}
                <a className="link" href={data.baseUrl} target="_blank" rel="noreferrer">
                  {data.baseUrl}
                </a>
              </>
            }
            actions={
              <>
                <DownloadWorkflows environmentId={id} />
                <RefreshButton environmentId={id} />
              </>
            }
          />
          <TabLinks
            label="Parts of the environment"
            current={`${base}${tab}`}
            tabs={[
              { href: base, label: 'Overview' },
              { href: `/t/${slug}/workflows?environmentId=${id}`, label: 'Workflows', count: data.workflowCount },
              { href: `${base}/drift`, label: 'Drift', count: data.axes.drift.count || undefined },
              { href: `/t/${slug}/executions?environmentId=${id}`, label: 'Executions' },
              { href: `/t/${slug}/credentials?environmentId=${id}`, label: 'Credentials' },
              { href: `/t/${slug}/bindings?environmentId=${id}`, label: 'Bindings' },
              { href: `/t/${slug}/snapshots?environmentId=${id}`, label: 'Snapshots' },
              { href: `${base}/settings`, label: 'Settings' },
            ]}
          />
          {children(data)}
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={8} label="the environment" />
      )}
    </Page>
  );
}
