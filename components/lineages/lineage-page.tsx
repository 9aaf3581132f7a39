'use client';

import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { PromoteWorkflow } from '@/components/promotions/promote-link';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { CopyId } from '@/components/ui/copy-id';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toShownProblem } from '@/lib/client/problem-error';
import type { WorkflowIdentity } from '@/lib/features/change/lineages/schema';
import { LineageActions } from './lineage-actions';
import { LineageCompare } from './lineage-compare';
import { LineageVersions } from './lineage-versions';
import { useLineage } from './queries';

/** One lineage: where it stands in each environment, and any two of its versions side by side. */
export function LineagePage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = useLineage(id);
  const list = { label: 'Matrix', href: `/t/${slug}/matrix` };
  return (
    <Page crumbs={[list, { label: data?.name ?? 'Lineage' }]}>
      {data ? (
        <>
          <PageHead
            title={data.name}
            lede={
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <span>{placesInWords(data.workflows)}</span>
                <span className="text-ink-3">
                  in git as <CopyId id={data.slug} noun="name in git" full />
                </span>
              </span>
            }
            actions={
              <>
                <PromoteFromHere workflows={data.workflows} />
                <LineageActions lineage={data} />
              </>
            }
          />
          <Section title="In each environment" note={data.workflows.length}>
            <LineageVersions workflows={data.workflows} />
          </Section>
          <LineageCompare workflows={data.workflows} />
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={14} label="the lineage" />
      )}
    </Page>
  );
}

/** Promotions begin where it is built; the next environment is chosen there. */
function PromoteFromHere({ workflows }: { workflows: readonly WorkflowIdentity[] }) {
  const first = workflows.find(({ status, environment }) => status === 'linked' && environment.class !== 'production');
  return first && <PromoteWorkflow workflow={{ id: first.workflowId, environment: first.environment }} />;
}

function placesInWords(workflows: readonly WorkflowIdentity[]) {
  if (workflows.length === 0) return 'No workflow belongs to it any more.';
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      The same workflow in
      {workflows.map(({ environment, workflowId }) => (
        <EnvironmentName key={workflowId} tier={environment.class} name={environment.name} />
      ))}
    </span>
  );
}
