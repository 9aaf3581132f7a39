'use client';

import { ArrowRight } from 'lucide-react';
import { DriftAxis } from '@/components/environments/axis-cells';
import { useEnvironments } from '@/components/environments/queries';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { PromoteLink } from '@/components/promotions/promote-link';
import { useTenant } from '@/components/shell/tenant';
import { Icon } from '@/components/ui/icon';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import type { Pipeline, Stage } from '@/lib/features/delivery/pipelines/schema';
import { StageBacklog } from './stage-backlog';
import { chainStages } from './stage-chains';
import { approvalInWords } from './stage-words';

type PipelineGraphProps = {
  pipeline: Pipeline;
  /** Counts what each stage has to promote: a comparison of both inventories a stage, so only where few are shown. */
  backlog?: boolean;
};

/** Environments from left to right with the gates between them; on a phone from top to bottom. A list of steps to hear. */
export function PipelineGraph({ pipeline, backlog = false }: PipelineGraphProps) {
  return chainStages(pipeline.stages).map((chain) => (
    <ol
      key={chain[0]!.id}
      aria-label={`${pipeline.name} from ${chain[0]!.source.name}`}
      className="flex items-stretch overflow-x-auto py-3 max-md:flex-col"
    >
      <Holder environment={chain[0]!.source} />
      {chain.map((stage) => (
        <Step key={stage.id} pipeline={pipeline} stage={stage} backlog={backlog} />
      ))}
    </ol>
  ));
}

function Step({ pipeline, stage, backlog }: PipelineGraphProps & { stage: Stage }) {
  return (
    <>
      <li className="flex min-w-48 flex-1 flex-col justify-center gap-1 px-3 py-2 text-12 max-md:ml-6 max-md:border-l max-md:border-line-2">
        <span className="flex items-center gap-2 text-ink-3">
          <span className="h-px flex-1 bg-line-control max-md:hidden" />
          <span className="sr-only">Stage {stage.position + 1}: </span>
          {stage.hold ? (
            <Status kind="hold" word="On hold" />
          ) : (
            <span className="text-ink-2">{approvalInWords(stage)}</span>
          )}
          <span className="h-px flex-1 bg-line-control max-md:hidden" />
          <Icon of={ArrowRight} className="size-3.5 max-md:rotate-90" />
        </span>
        <span className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 max-md:justify-start">
          {backlog && <StageBacklog pipelineId={pipeline.id} stageId={stage.id} />}
          <PromoteLink size="sm" pipeline={pipeline} stage={stage} />
        </span>
      </li>
      <Holder environment={stage.target} />
    </>
  );
}

/** What an environment holds, as last read. */
function Holder({ environment: { id, name, class: tier } }: { environment: EnvironmentRef }) {
  const { slug } = useTenant();
  const environment = useEnvironments().data?.items.find((one) => one.id === id);
  return (
    <li className="grid min-w-44 flex-none content-center gap-1 rounded-2 border border-line-2 px-3 py-2.5">
      <EnvironmentName tier={tier} name={name} href={`/t/${slug}/environments/${id}`} />
      <span className="text-12 text-ink-2">
        {environment?.axes.freshness.asOf ? (
          <>
            {environment.workflowCount ?? 0} workflows, {environment.activeWorkflowCount ?? 0} on{' '}
            <Time at={environment.axes.freshness.asOf} prefix="as of" className="text-ink-3" />
          </>
        ) : (
          'not read yet'
        )}
      </span>
      {environment && <DriftAxis environment={environment} />}
    </li>
  );
}
