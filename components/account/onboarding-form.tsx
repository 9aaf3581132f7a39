'use client';

import { useRouter } from 'next/navigation';
import { FormProblem } from '@/components/patterns/form-problem';
import { useFormAction } from '@/components/patterns/use-form-action';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { completeOnboarding } from '@/lib/actions/account';
import { EntryForm } from './entry-form';

/** Names the organisation; the next step is connecting its first n8n. */
export function OnboardingForm() {
  const router = useRouter();
  const form = useFormAction(completeOnboarding, {
    onDone: (tenant) => router.replace(`/t/${tenant.slug}/environments/new?first=true`),
  });
  return (
    <EntryForm
      verb="Make the organisation"
      busyVerb="Making it…"
      busy={form.busy}
      onSubmit={({ name }) => form.submit({ name: name ?? '' })}
    >
      <FormProblem problem={form.problem} />
      <Field
        label="Organisation"
        hint="The team or company whose n8n instances these are. It can be renamed."
        error={form.errorOf('name')}
      >
        <Input name="name" autoComplete="organization" required minLength={2} maxLength={100} />
      </Field>
    </EntryForm>
  );
}
