'use client';

import { ErrorState } from '@/components/patterns/error-state';
import { useBasis } from '@/components/patterns/use-basis';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';
import { useTenant } from '@/components/shell/tenant';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Pipeline } from '@/lib/features/delivery/pipelines/schema';
import { PipelineForm } from './pipeline-form';
import { usePipeline } from './queries';

/** Changes a pipeline. What is typed stays when somebody else saves meanwhile. */
export function EditPipelinePage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = usePipeline(id);
  const crumbs = [
    { label: 'Pipelines', href: `/t/${slug}/pipelines` },
    { label: data?.name ?? 'Pipeline', href: `/t/${slug}/pipelines/${id}` },
    { label: 'Edit' },
  ];
  return (
    <Page crumbs={crumbs}>
      {data ? (
        <>
          <PageHead
            title={`Edit ${data.name}`}
            lede="A promotion that is on its way keeps the stage it goes through."
          />
          <Needs permission="pipeline:write" what="Changes of pipelines">
            <Edit saved={data} />
          </Needs>
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={14} label="the pipeline" />
      )}
    </Page>
  );
}

function Edit({ saved }: { saved: Pipeline }) {
  const basis = useBasis(saved.version);
  return <PipelineForm key={basis.key} saved={saved} basis={basis} />;
}
