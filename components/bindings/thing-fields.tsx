'use client';

import { useQuery } from '@tanstack/react-query';
import { credentials } from '@/components/credentials/queries';
import { useTenant } from '@/components/shell/tenant';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { workflows } from '@/components/workflows/queries';
import type { BindingDraft } from './draft';

type ThingFieldsProps = {
  environmentId: string;
  draft: BindingDraft;
  onChange(part: Partial<BindingDraft>): void;
  error?: string;
};

/** Chooses the thing of an environment that stands for what is required. */
export function ThingFields(props: ThingFieldsProps) {
  if (props.draft.kind === 'credential') return <CredentialChoice {...props} />;
  if (props.draft.kind === 'workflow') return <WorkflowChoice {...props} />;
  return <TypedThing {...props} />;
}

function CredentialChoice({ environmentId, draft, onChange, error }: ThingFieldsProps) {
  const { slug } = useTenant();
  const type = draft.requirement.split(':')[0];
  const query = { environmentId, type: type || undefined, presence: 'present', pageSize: 100 };
  const { data } = useQuery({ ...credentials(slug, query), enabled: environmentId !== '' && type !== '' });
  return (
    <Choice
      label="Credential there"
      hint={type ? `Only those of the type ${type}.` : 'Say first what is required.'}
      things={data?.items ?? []}
      {...{ draft, onChange, error }}
    />
  );
}

function WorkflowChoice({ environmentId, draft, onChange, error }: ThingFieldsProps) {
  const { slug } = useTenant();
  const query = { environmentId, presence: 'present', sort: 'name', pageSize: 100 };
  const { data } = useQuery({ ...workflows(slug, query), enabled: environmentId !== '' });
  return <Choice label="Workflow there" things={data?.items ?? []} {...{ draft, onChange, error }} />;
}

type ChoiceProps = Omit<ThingFieldsProps, 'environmentId'> & {
  label: string;
  hint?: string;
  things: readonly { n8nId: string; name: string }[];
};

function Choice({ label, hint, things, draft, onChange, error }: ChoiceProps) {
  const chosen = draft.thing && !things.some(({ n8nId }) => n8nId === draft.thing?.n8nId) ? [draft.thing] : [];
  const offered = [...chosen, ...things];
  const options = offered.map(({ n8nId, name }) => ({ value: n8nId, label: `${name} (${n8nId})` }));
  const choose = (n8nId: string) => {
    const thing = offered.find((one) => one.n8nId === n8nId);
    onChange({ thing: thing ? { n8nId, name: thing.name } : null });
  };
  return (
    <Field label={label} hint={hint} error={error}>
      <Select
        value={draft.thing?.n8nId ?? ''}
        onChange={(event) => choose(event.target.value)}
        options={[{ value: '', label: options.length > 0 ? 'Choose' : 'none there' }, ...options]}
      />
    </Field>
  );
}

function TypedThing({ draft, onChange, error }: ThingFieldsProps) {
  const thing = draft.thing ?? { n8nId: '', name: '' };
  const set = (part: Partial<typeof thing>) => onChange({ thing: { ...thing, ...part } });
  return (
    <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <Field label="Name there" error={error}>
        <Input value={thing.name} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <Field label="Id there">
        <Input value={thing.n8nId} onChange={(event) => set({ n8nId: event.target.value })} />
      </Field>
    </div>
  );
}
