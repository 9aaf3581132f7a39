'use client';

import { type FormEvent, useRef } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { createEnvironmentType, updateEnvironmentType } from '@/lib/actions/environment-types';
import type { EnvironmentType } from '@/lib/features/connections/environment-types/schema';

/** In place of the row while its name is being changed. */
export function RenameLabelForm({ label, onDone }: { label: EnvironmentType; onDone(): void }) {
  const { slug } = useTenant();
  const refresh = useRefresh('environment-types');
  const form = useFormAction(updateEnvironmentType, {
    tenant: slug,
    onDone() {
      refresh();
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void form.submit({ id: label.id, label: fieldsOf(event.currentTarget).label ?? '' });
  };
  return (
    <li className="border-b border-line py-2">
      <FormProblem problem={form.problem} />
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <Field label={`New name for ${label.label}`} error={form.errorOf('label')} className="flex-1">
          <Input name="label" required maxLength={100} defaultValue={label.label} autoFocus />
        </Field>
        <Button type="submit" busy={form.busy && 'Saving…'}>
          Save
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </form>
    </li>
  );
}

/** Makes a label; it stands last until it is moved. */
export function AddLabelForm() {
  const { slug } = useTenant();
  const element = useRef<HTMLFormElement>(null);
  const refresh = useRefresh('environment-types');
  const form = useFormAction(createEnvironmentType, {
    tenant: slug,
    onDone() {
      refresh();
      element.current?.reset();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { label = '', key = '' } = fieldsOf(event.currentTarget);
    void form.submit({ label, key });
  };
  return (
    <form ref={element} onSubmit={submit} className="grid max-w-180 gap-2">
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap items-start gap-2">
        <Field label="New label" error={form.errorOf('label')} className="min-w-40 flex-1">
          <Input name="label" required maxLength={100} placeholder="Sandbox" autoComplete="off" />
        </Field>
        <Field label="Key" error={form.errorOf('key')} hint="Lower-case letters, digits, hyphens." className="min-w-40">
          <Input name="key" required maxLength={50} placeholder="sandbox" autoComplete="off" spellCheck={false} />
        </Field>
        <Button type="submit" busy={form.busy && 'Adding…'} className="mt-5">
          Add
        </Button>
      </div>
    </form>
  );
}
