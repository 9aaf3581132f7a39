'use client';

import { ExternalLink, GitCompareArrows } from 'lucide-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ExecutionList } from '@/components/executions/execution-list';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { PromoteWorkflow } from '@/components/promotions/promote-link';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { JsonView } from '@/components/ui/json-view';
import { onDemand } from '@/components/ui/on-demand';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Tabs } from '@/components/ui/tabs';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowDetail } from '@/lib/features/inventory/workflows/schema';
import { useWorkflow } from './queries';
import { WorkflowActions } from './workflow-actions';
import { WorkflowAnalysisView } from './workflow-analysis';
import { WorkflowDependencies } from './workflow-dependencies';
import { WorkflowState } from './workflow-state';

const TABS = ['graph', 'changes', 'drift', 'versions', 'analysis', 'dependencies', 'executions', 'json'] as const;
const GraphTab = onDemand(
  () => import('./workflow-graph-tab'),
  () => <SkeletonLines lines={12} label="the graph" />,
);
const ChangesTab = onDemand(
  () => import('./workflow-changes-tab'),
  () => <SkeletonLines lines={12} label="the changes" />,
);

const VersionsTab = onDemand(
  () => import('./workflow-versions-tab'),
  () => <SkeletonLines lines={12} label="the versions" />,
);
const DriftTab = onDemand(
  () => import('@/components/drift/workflow-drift-tab'),
  () => <SkeletonLines lines={12} label="the drift" />,
);

/** One workflow of one environment: what it is, what it needs, how it ran. */
export function WorkflowPage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useWorkflow(id);
  const list = { label: 'Workflows', href: `/t/${slug}/workflows` };
  return (
    <Page crumbs={[list, { label: data?.name ?? 'Workflow' }]} tier={data?.environment.class}>
      {data ? (
        <>
          <WorkflowHead workflow={data} />
          <WorkflowTabs workflow={data} />
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={14} label="the workflow" />
      )}
    </Page>
  );
}

function WorkflowHead({ workflow }: { workflow: WorkflowDetail }) {
  const { slug } = useTenant();
  const { environment } = workflow;
  return (
    <PageHead
      title={workflow.name}
      lede={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <EnvironmentName
            tier={environment.class}
            name={environment.name}
            href={`/t/${slug}/environments/${environment.id}`}
          />
          <WorkflowState workflow={workflow} />
          {workflow.n8nUpdatedAt && <Time at={workflow.n8nUpdatedAt} prefix="changed" />}
          <Time at={workflow.seenAt} prefix="as of" className="text-ink-3" />
          {workflow.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
          <a className="link inline-flex items-center gap-1" href={workflow.openUrl} target="_blank" rel="noreferrer">
            Open in n8n <Icon of={ExternalLink} className="size-3.5" />
          </a>
        </span>
      }
      actions={
        <>
          <ButtonLink href={`/t/${slug}/workflows/compare?left=${workflow.id}`}>
            <Icon of={GitCompareArrows} /> Compare with…
          </ButtonLink>
          <PromoteWorkflow workflow={workflow} />
          <WorkflowActions workflow={workflow} />
        </>
      }
    />
  );
}

function WorkflowTabs({ workflow }: { workflow: WorkflowDetail }) {
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(TABS).withDefault('graph').withOptions({ history: 'push' }),
  );
  return (
    <Tabs
      label="Parts of the workflow"
      value={tab === 'changes' && !workflow.published ? 'graph' : tab}
      onChange={(value) => void setTab(value as (typeof TABS)[number])}
      tabs={[
        { value: 'graph', label: 'Graph', count: workflow.nodeCount, content: <GraphTab workflow={workflow} /> },
        ...(workflow.published
          ? [{ value: 'changes', label: 'Changes', content: <ChangesTab workflow={workflow} /> } as const]
          : []),
        { value: 'drift', label: 'Drift', content: <DriftTab workflow={workflow} /> },
        { value: 'versions', label: 'Versions', content: <VersionsTab workflow={workflow} /> },
        { value: 'analysis', label: 'Analysis', content: <WorkflowAnalysisView workflow={workflow} /> },
        {
          value: 'dependencies',
          label: 'Dependencies',
          count: workflow.calls.length + workflow.credentials.length,
          content: <WorkflowDependencies workflow={workflow} />,
        },
        { value: 'executions', label: 'Executions', content: <ExecutionList workflowId={workflow.id} /> },
        {
          value: 'json',
          label: 'JSON',
          content: <JsonView value={workflow.draft} label={`JSON of ${workflow.name}`} />,
        },
      ]}
    />
  );
}
