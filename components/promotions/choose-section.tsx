'use client';

import { DiffMark } from '@/components/patterns/diff-mark';
import { FormProblem } from '@/components/patterns/form-problem';
import { useTenant } from '@/components/shell/tenant';
import { ButtonLink } from '@/components/ui/button';
import { NameLink } from '@/components/ui/name-link';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { Status } from '@/components/ui/status';
import { isWaiting } from '@/lib/features/delivery/promotions/model';
import type { ComparedWorkflow, Promotion } from '@/lib/features/delivery/promotions/schema';
import { useChoose } from './problem-remedy';
import { promoteHref } from './promote-href';
import { CHANGE_WORDS, firstReason, riskOf } from './promotion-words';

/** What goes: each workflow with how it stands, what is risky about it, and whether it runs afterwards. */
export function ChooseSection({ promotion }: { promotion: Promotion }) {
  const { slug } = useTenant();
  const going = promotion.workflows.filter(({ role }) => role !== 'standing');
  const selected = going.filter(({ role }) => role === 'selected');
  const again = promoteHref(slug, {
    pipelineId: promotion.pipelineId ?? undefined,
    stageId: promotion.stageId ?? undefined,
    workflowIds: selected.map(({ sourceWorkflowId }) => sourceWorkflowId),
  });
  return (
    <Section
      title={<span id="choose">Choose</span>}
      note={selected.length}
      actions={
        promotion.stageId && (
          <ButtonLink size="sm" variant="ghost" href={again}>
            Choose others…
          </ButtonLink>
        )
      }
    >
      <ul>
        {going.map((workflow) => (
          <Going key={workflow.lineageId} promotion={promotion} workflow={workflow} />
        ))}
      </ul>
    </Section>
  );
}

function Going({ promotion, workflow }: { promotion: Promotion; workflow: ComparedWorkflow }) {
  const { slug } = useTenant();
  const { mark, word } = CHANGE_WORDS[workflow.change];
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line py-2 max-md:grid-cols-[1rem_minmax(0,1fr)]">
      <span className="flex h-6 items-center">
        <DiffMark kind={mark} />
      </span>
      <div className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-3">
          <NameLink href={`/t/${slug}/matrix/${workflow.lineageId}`}>{workflow.name}</NameLink>
          <span className="text-ink-2">{workflow.choice === 'skip' ? 'left out' : word}</span>
          {workflow.isPlanned && <Status {...riskOf(workflow.risk.level)} />}
        </span>
        <p className="text-12 text-ink-2">{firstReason(workflow) ?? workflow.why}</p>
      </div>
      <span className="max-md:col-start-2">
        {workflow.isPlanned && <Afterwards promotion={promotion} workflow={workflow} />}
      </span>
    </li>
  );
}

const AFTERWARDS = [
  { value: 'true', label: 'published afterwards' },
  { value: 'false', label: 'not published' },
];

/** Whether the workflow runs in the target afterwards; changing it makes the plan anew. */
function Afterwards({ promotion, workflow }: { promotion: Promotion; workflow: ComparedWorkflow }) {
  const { choose, why, isPending, problem } = useChoose(promotion);
  const { desired } = workflow.active;
  const words = desired ? 'published afterwards' : 'not published afterwards';
  if (desired === null || workflow.change === 'deleted') return null;
  if (!isWaiting(promotion.status) || why) return <span className="text-12 text-ink-2">{words}</span>;
  if (isPending) return <Status kind="run" word="Planning anew…" />;
  return (
    <>
      <Select
        aria-label={`${workflow.name} afterwards`}
        value={String(desired)}
        options={AFTERWARDS}
        onChange={(event) => choose({ workflowId: workflow.sourceWorkflowId, active: event.target.value === 'true' })}
      />
      <FormProblem problem={problem} />
    </>
  );
}
