'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useEnvironments } from '@/components/environments/queries';
import { FormProblem } from '@/components/patterns/form-problem';
import { BasisProblem, overtakenWhy } from '@/components/patterns/saved-meanwhile';
import type { Basis } from '@/components/patterns/use-basis';
import { useFormAction } from '@/components/patterns/use-form-action';
import { useMay, useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button, ButtonLink } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Section } from '@/components/ui/section';
import { createPipeline, updatePipeline } from '@/lib/actions/pipelines';
import type { Pipeline } from '@/lib/features/delivery/pipelines/schema';
import { draftOf, moveStage, nextStage, type StageDraft } from './stage-draft';
import { StageFields } from './stage-fields';

const MAX_STAGES = 20;

/** Makes a pipeline, or changes one. A stage that a promotion is on its way through keeps its ends. */
export function PipelineForm({ saved, basis }: { saved?: Pipeline; basis?: Basis }) {
  const { slug } = useTenant();
  const router = useRouter();
  const refresh = useRefresh('pipelines', 'promotions');
  const may = useMay('pipeline:write');
  const environments = useEnvironments().data?.items ?? [];
  const [name, setName] = useState(saved?.name ?? '');
  const [description, setDescription] = useState(saved?.description ?? '');
  const [isActive, setIsActive] = useState(saved?.isActive ?? true);
  const [stages, setStages] = useState<StageDraft[]>(
    () => saved?.stages.map(draftOf) ?? [nextStage('first', [], environments)],
  );
  const onDone = ({ id, version }: Pipeline) => {
    basis?.saved(version);
    refresh();
    router.push(`/t/${slug}/pipelines/${id}`);
  };
  const create = useFormAction(createPipeline, { tenant: slug, onDone });
  const update = useFormAction(updatePipeline, { tenant: slug, ifMatch: basis?.ifMatch, onDone });
  const form = saved ? update : create;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { name, description: description.trim() || null, isActive, stages: stages.map(toInput) };
    void (saved
      ? update.submit({ id: saved.id, ...input })
      : create.submit({ ...input, stages: input.stages.map(withoutId) }));
  };
  const overtaken = basis && overtakenWhy(basis, form);
  return (
    <form onSubmit={submit} onClickCapture={basis?.touch} onChangeCapture={basis?.touch} className="max-w-190">
      <div className="grid gap-3 pt-4">
        {basis ? (
          <BasisProblem what="this pipeline" basis={basis} form={form} onLook={refresh} />
        ) : (
          <FormProblem problem={form.problem} />
        )}
        <Field label="Name" error={form.errorOf('name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={100} />
        </Field>
        <Field label="Description" error={form.errorOf('description')} hint="Optional. What goes this way.">
          <Input value={description} onChange={(event) => setDescription(event.target.value)} maxLength={500} />
        </Field>
        <Checkbox checked={isActive} onChange={(event) => setIsActive(event.target.checked)}>
          In use: workflows may be promoted through it
        </Checkbox>
      </div>
      <Stages {...{ stages, setStages, environments }} errorOf={form.errorOf} />
      <div className="mt-5 flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          variant="primary"
          why={may ? (overtaken ?? whyNot(name, stages)) : 'An admin of the organisation changes pipelines.'}
          busy={form.busy && 'Saving…'}
        >
          {saved ? 'Save' : 'Add the pipeline'}
        </Button>
        <ButtonLink variant="ghost" href={`/t/${slug}/pipelines${saved ? `/${saved.id}` : ''}`}>
          Leave it
        </ButtonLink>
      </div>
    </form>
  );
}

type StagesProps = {
  stages: StageDraft[];
  setStages(change: (stages: StageDraft[]) => StageDraft[]): void;
  environments: Parameters<typeof nextStage>[2];
  errorOf(path: string): string | undefined;
};

function Stages({ stages, setStages, environments, errorOf }: StagesProps) {
  const [made, setMade] = useState(0);
  const add = () => {
    setMade(made + 1);
    setStages((current) => [...current, nextStage(`new-${made}`, current, environments)]);
  };
  return (
    <Section title="Stages" note="each from one environment to the next">
      {stages.map((stage, at) => (
        <StageFields
          key={stage.key}
          {...{ stage, at, errorOf }}
          count={stages.length}
          onChange={(change) =>
            setStages((current) => current.map((one) => (one.key === stage.key ? { ...one, ...change } : one)))
          }
          onMove={(by) => setStages((current) => moveStage(current, at, by))}
          onRemove={() => setStages((current) => current.filter(({ key }) => key !== stage.key))}
        />
      ))}
      <div className="pt-3">
        <Button
          size="sm"
          onClick={add}
          why={stages.length < MAX_STAGES ? undefined : `A pipeline has at most ${MAX_STAGES} stages.`}
        >
          <Icon of={Plus} className="size-3.5" />
          Add a stage
        </Button>
      </div>
    </Section>
  );
}

const toInput = ({ key, ...stage }: StageDraft) => stage;
const withoutId = ({ id, ...stage }: ReturnType<typeof toInput>) => stage;

function whyNot(name: string, stages: readonly StageDraft[]): string | undefined {
  if (!name.trim()) return 'It needs a name.';
  const open = stages.findIndex((one) => !one.sourceEnvironmentId || !one.targetEnvironmentId);
  return open === -1 ? undefined : `Stage ${open + 1} needs both its environments.`;
}
