'use client';

import dynamic from 'next/dynamic';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { PlanSteps } from '@/components/journal/plan-steps';
import { RunProblems } from '@/components/journal/run-problems';
import { RunProgress } from '@/components/journal/run-progress';
import { RunTimeline } from '@/components/journal/run-timeline';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { HoldBanner } from '@/components/pipelines/hold-banner';
import { usePipeline } from '@/components/pipelines/queries';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { JsonView } from '@/components/ui/json-view';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Tabs } from '@/components/ui/tabs';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { PlanStep } from '@/lib/features/change/change-plans/schema';
import type { Deployment } from '@/lib/features/delivery/deployments/schema';
import { DeployedWorkflows } from './deployed-workflows';
import { DeploymentFacts } from './deployment-facts';
import { deploymentRecord } from './deployment-record';
import { runOf } from './deployment-words';
import { useDeployment } from './queries';
import { RollBack } from './roll-back';
import { Stop } from './stop';

const DeploymentDiff = dynamic(() => import('./deployment-diff'), {
  ssr: false,
  loading: () => <SkeletonLines lines={16} label="the comparison" />,
});

const TABS = ['journal', 'diff', 'calls', 'raw'] as const;
const ADDRESS = { tab: parseAsStringLiteral(TABS).withDefault('journal'), workflow: parseAsString };

/** One deployment: its journal as it is written, what came of each workflow, and the way back. */
export function DeploymentPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useDeployment(id);
  const list = { label: 'Deployments', href: `/t/${slug}/deployments` };
  const title = data?.kind === 'rollback' ? 'Rollback' : 'Deployment';
  return (
    <Page
      crumbs={[list, { label: data ? `${title} to ${data.route.target.name}` : title }]}
      tier={data?.route.target.class}
    >
      {data ? (
        <>
          <Head deployment={data} title={title} />
          <Hold deployment={data} />
          <RunProgress run={runOf(data)} />
          <RunProblems problems={data.problems} />
          <div className="grid grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] gap-x-10 max-lg:grid-cols-1">
            <Parts deployment={data} />
            <div className="min-w-0">
              <DeployedWorkflows deployment={data} />
              <RollBack deployment={data} />
              <DeploymentFacts deployment={data} />
            </div>
          </div>
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={20} label="the deployment" />
      )}
    </Page>
  );
}

function Head({ deployment, title }: { deployment: Deployment; title: string }) {
  const { slug } = useTenant();
  const { route, promotionId, rollbackOfId, rollbackId, actor, createdAt } = deployment;
  return (
    <PageHead
      title={
        <>
          {title} {deployment.kind === 'rollback' ? 'in' : 'to'}{' '}
          <EnvironmentName tier={route.target.class} name={route.target.name} size="lg" />
        </>
      }
      lede={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {promotionId && <TextLink href={`/t/${slug}/promotions/${promotionId}`}>its promotion</TextLink>}
          {rollbackOfId && (
            <TextLink href={`/t/${slug}/deployments/${rollbackOfId}`}>the deployment it takes back</TextLink>
          )}
          {rollbackId && <TextLink href={`/t/${slug}/deployments/${rollbackId}`}>its rollback</TextLink>}
          <span>{route.pipelineName}</span>
          <span>
            by {actor.label} <Time at={createdAt} />
          </span>
        </span>
      }
      actions={<Stop deployment={deployment} />}
    />
  );
}

/** The hold that its rollback put on the stage, as long as it stands. */
function Hold({ deployment: { pipelineId, stageId } }: { deployment: Deployment }) {
  const { data } = usePipeline(pipelineId);
  const stage = data?.stages.find(({ id }) => id === stageId);
  return stage && pipelineId ? <HoldBanner pipelineId={pipelineId} stage={stage} /> : null;
}

function Parts({ deployment }: { deployment: Deployment }) {
  const [{ tab, workflow }, set] = useQueryStates(ADDRESS, { history: 'push' });
  const run = runOf(deployment);
  return (
    <div className="min-w-0">
      <Tabs
        label="Parts of the deployment"
        value={tab}
        onChange={(value) => void set({ tab: value as (typeof TABS)[number] })}
        tabs={[
          { value: 'journal', label: 'Journal', content: <RunTimeline run={run} {...deploymentRecord(deployment)} /> },
          {
            value: 'diff',
            label: 'Diff',
            count: deployment.workflows.length,
            content: (
              <DeploymentDiff
                deployment={deployment}
                chosen={workflow}
                onChoose={(key) => void set({ tab: 'diff', workflow: key })}
              />
            ),
          },
          {
            value: 'calls',
            label: 'Calls',
            count: deployment.steps.length,
            content: <PlanSteps steps={callsOf(deployment)} next={null} />,
          },
          { value: 'raw', label: 'Raw', content: <JsonView value={deployment} label="The deployment as JSON" /> },
        ]}
      />
    </div>
  );
}

const callsOf = ({ steps }: Deployment): PlanStep[] =>
  steps.map(({ n8nId, ...step }) => ({ ...step, workflowId: n8nId }) as PlanStep);
