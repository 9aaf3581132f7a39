'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { type BindingDraft, PARAMETER_TYPE_OPTIONS, type ParameterType } from './draft';
import { ThingFields } from './thing-fields';

type ValueFieldsProps = {
  environmentId: string;
  draft: BindingDraft;
  onChange(part: Partial<BindingDraft>): void;
  errorOf(path: string): string | undefined;
};

/** What the requirement is met by, as its kind asks. */
export function ValueFields(props: ValueFieldsProps) {
  const { draft, onChange, errorOf, environmentId } = props;
  const error = errorOf('value.n8nId') ?? errorOf('value') ?? errorOf('value.name');
  if (draft.kind === 'parameter') return <ParameterFields {...props} />;
  return (
    <>
      <Checkbox checked={draft.keep} onChange={(event) => onChange({ keep: event.target.checked })}>
        It is the same there
      </Checkbox>
      {!draft.keep &&
        (draft.kind === 'variable' ? (
          <Field label="Variable there" error={error}>
            <Input value={draft.variable} onChange={(event) => onChange({ variable: event.target.value })} />
          </Field>
        ) : (
          <ThingFields {...{ environmentId, draft, onChange, error }} />
        ))}
    </>
  );
}

function ParameterFields({ draft, onChange, errorOf }: ValueFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <Field label="Node" error={errorOf('value.node')}>
          <Input value={draft.node} onChange={(event) => onChange({ node: event.target.value })} />
        </Field>
        <Field label="Parameter" hint="Its place below the node: parameters/url" error={errorOf('value.path')}>
          <Input value={draft.path} onChange={(event) => onChange({ path: event.target.value })} />
        </Field>
      </div>
      <Field label="Type">
        <Select
          value={draft.type}
          options={PARAMETER_TYPE_OPTIONS}
          onChange={(event) => onChange({ type: event.target.value as ParameterType })}
        />
      </Field>
      <Field label="Value there" error={errorOf('value.value') ?? errorOf('value')}>
        <Textarea value={draft.text} onChange={(event) => onChange({ text: event.target.value })} rows={2} />
      </Field>
    </>
  );
}
