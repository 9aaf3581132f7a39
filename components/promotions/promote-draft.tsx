'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useGuard } from '@/components/environments/use-guard';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { FormProblem } from '@/components/patterns/form-problem';
import { HoldBanner } from '@/components/pipelines/hold-banner';
import { approvalInWords, stageInWords } from '@/components/pipelines/stage-words';
import { useTenant } from '@/components/shell/tenant';
import { useAct } from '@/components/shell/use-act';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button, ButtonLink } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { SkeletonLines } from '@/components/ui/skeleton';
import { initiatePromotion } from '@/lib/actions/promotions';
import { toShownProblem } from '@/lib/client/problem-error';
import { useDraft, type Way } from './draft-state';
import { DraftTable } from './draft-table';
import { countOf } from './promotion-words';

/** Chooses the way and the workflows of a promotion; planning it leads to its page. */
export function PromoteDraft() {
  const { ways, way, error, refetch, ticked, chooseWay, tick } = useDraft();
  if (error) return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  if (!ways) return <SkeletonLines lines={14} label="the pipelines" />;
  if (ways.length === 0) return <NoWay />;
  return (
    <>
      <WaySelect ways={ways} way={way} onChoose={chooseWay} />
      {way && <HoldBanner pipelineId={way.pipeline.id} stage={way.stage} />}
      <div className="grid grid-cols-[minmax(0,1fr)_19.75rem] items-start gap-x-10 max-xl:grid-cols-1">
        <div className="min-w-0">
          {way ? (
            <DraftTable key={way.stage.id} way={way} ticked={ticked} onTick={tick} />
          ) : (
            <p className="py-6 text-ink-2">Choose which way they go; then both sides are compared.</p>
          )}
        </div>
        {way && <PlanIt way={way} ticked={ticked} />}
      </div>
    </>
  );
}

type WaySelectProps = { ways: readonly Way[]; way: Way | undefined; onChoose(way: Way): void };

function WaySelect({ ways, way, onChoose }: WaySelectProps) {
  const options = ways.map(({ pipeline, stage }) => ({
    value: stage.id,
    label: `${pipeline.name}: ${stageInWords(stage)}`,
  }));
  const first = way ? [] : [{ value: '', label: 'Choose a stage…' }];
  return (
    <Field label="Which way" className="mt-4 max-w-130">
      <Select
        value={way?.stage.id ?? ''}
        options={[...first, ...options]}
        onChange={(event) => {
          const chosen = ways.find(({ stage }) => stage.id === event.target.value);
          if (chosen) onChoose(chosen);
        }}
      />
    </Field>
  );
}

/** What is chosen, when it runs, and the button that makes the plan. */
function PlanIt({ way: { pipeline, stage }, ticked }: { way: Way; ticked: ReadonlySet<string> }) {
  const { slug } = useTenant();
  const router = useRouter();
  const refresh = useRefresh('promotions', 'pipelines');
  const [at, setAt] = useState('');
  const from = useGuard(stage.sourceEnvironmentId, 'promoteFrom');
  const to = useGuard(stage.targetEnvironmentId, 'promoteTo');
  const initiate = useAct(initiatePromotion, {
    onSuccess: ({ id }) => {
      refresh();
      router.push(`/t/${slug}/promotions/${id}`);
    },
  });
  const problem = initiate.error && toShownProblem(initiate.error);
  const held = stage.hold ? `On hold: ${stage.hold.reason}` : undefined;
  const why = from.why ?? to.why ?? held ?? (ticked.size === 0 ? 'Tick at least one workflow.' : undefined);
  const plan = () =>
    initiate.mutate({
      ...{ pipelineId: pipeline.id, stageId: stage.id, workflowIds: [...ticked] },
      ...(at ? { scheduledAt: new Date(at).toISOString() } : {}),
    });
  return (
    <aside
      aria-label="This promotion"
      className="sticky top-20 mt-8 grid gap-3 rounded-3 border border-line-2 px-4 py-4 max-xl:static max-xl:row-start-1"
    >
      <p>
        <b aria-live="polite">{countOf(ticked.size, 'workflow')}</b> to{' '}
        <EnvironmentName tier={stage.target.class} name={stage.target.name} />, {approvalInWords(stage)}
      </p>
      <Field
        label="Start by itself at"
        hint="Optional, in your browser’s time. Empty: when somebody presses the button."
        error={problem?.errors?.find(({ path }) => path === 'scheduledAt')?.message}
      >
        <Input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
      </Field>
      <Button variant="primary" why={why} busy={initiate.isPending && 'Reading both sides…'} onClick={plan}>
        Compare and plan
      </Button>
      <p className="text-12 text-ink-2">
        Both instances are read anew, what is called and missing is pulled in, and every call is listed. Nothing is
        written to an instance yet.
      </p>
      <FormProblem problem={problem} />
    </aside>
  );
}

function NoWay() {
  const { slug } = useTenant();
  return (
    <EmptyState
      title="No pipeline leads on from here"
      why="Workflows are promoted through the stages of a pipeline; none in use begins at this environment."
      next={<ButtonLink href={`/t/${slug}/pipelines`}>Go to the pipelines</ButtonLink>}
    />
  );
}
