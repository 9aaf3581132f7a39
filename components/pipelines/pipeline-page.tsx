'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { ErrorState } from '@/components/patterns/error-state';
import { FormProblem } from '@/components/patterns/form-problem';
import { countOf } from '@/components/promotions/promotion-words';
import { Page, PageHead } from '@/components/shell/page';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button, ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { deletePipeline } from '@/lib/actions/pipelines';
import { toShownProblem } from '@/lib/client/problem-error';
import type { Pipeline } from '@/lib/features/delivery/pipelines/schema';
import { HoldBanner } from './hold-banner';
import { PipelineState } from './pipeline-columns';
import { PipelineGraph } from './pipeline-graph';
import { usePipeline } from './queries';
import { StageTable } from './stage-table';

const ADMIN_ONLY = 'An admin of the organisation changes pipelines.';

/** One pipeline: what each environment holds, what waits to go on, its gates and holds. */
export function PipelinePage({ id }: { id: string }) {
  const { slug } = useTenant();
  const { data, error, refetch } = usePipeline(id);
  const list = { label: 'Pipelines', href: `/t/${slug}/pipelines` };
  return (
    <Page crumbs={[list, { label: data?.name ?? 'Pipeline' }]}>
      {data ? (
        <>
          <PageHead title={data.name} lede={<Facts pipeline={data} />} actions={<Actions pipeline={data} />} />
          {data.stages.map((stage) => (
            <HoldBanner key={stage.id} pipelineId={data.id} stage={stage} />
          ))}
          <Section title="From left to right">
            <PipelineGraph pipeline={data} backlog />
          </Section>
          <Section title="Stages" note={data.stages.length}>
            <StageTable stages={data.stages} />
          </Section>
        </>
      ) : error ? (
        <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />
      ) : (
        <SkeletonLines lines={14} label="the pipeline" />
      )}
    </Page>
  );
}

function Facts({ pipeline }: { pipeline: Pipeline }) {
  const { slug } = useTenant();
  const { id, description, openPromotions, updatedAt } = pipeline;
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <PipelineState pipeline={pipeline} />
      {description && <span>{description}</span>}
      <TextLink href={`/t/${slug}/promotions?pipelineId=${id}`}>
        {openPromotions === 0 ? 'Nothing on the way' : `${openPromotions} on the way`}
      </TextLink>
      <TextLink href={`/t/${slug}/deployments?pipelineId=${id}`}>Deployments</TextLink>
      <Time at={updatedAt} prefix="changed" className="text-ink-3" />
    </span>
  );
}

function Actions({ pipeline }: { pipeline: Pipeline }) {
  const { slug } = useTenant();
  const [open, setOpen] = useState(false);
  if (!useMay('pipeline:write')) return <Button why={ADMIN_ONLY}>Edit</Button>;
  const onTheWay = pipeline.openPromotions;
  return (
    <>
      <ButtonLink href={`/t/${slug}/pipelines/${pipeline.id}/edit`}>Edit</ButtonLink>
      <Button
        variant="ghost"
        why={
          onTheWay > 0
            ? `${countOf(onTheWay, 'promotion is', 'promotions are')} on the way through it: cancel or finish first.`
            : undefined
        }
        onClick={() => setOpen(true)}
      >
        Delete…
      </Button>
      <Delete pipeline={pipeline} open={open} onOpenChange={setOpen} />
    </>
  );
}

type DeleteProps = { pipeline: Pipeline; open: boolean; onOpenChange(open: boolean): void };

function Delete({ pipeline, open, onOpenChange }: DeleteProps) {
  const router = useRouter();
  const { slug } = useTenant();
  const refresh = useRefresh('pipelines');
  const remove = useAct(deletePipeline, { onSuccess: refresh });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${pipeline.name}?`}
      description="What was promoted through it stays in the history, and nothing changes in any environment."
      confirm="Delete"
      keep="Keep it"
      busy={remove.isPending && 'Deleting…'}
      onConfirm={() => remove.mutate({ id: pipeline.id }, { onSuccess: () => router.push(`/t/${slug}/pipelines`) })}
    >
      <FormProblem problem={remove.error && toShownProblem(remove.error)} />
    </ConfirmDialog>
  );
}
