'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { updateMe } from '@/lib/actions/account';
import type { Profile } from '@/lib/features/identity/users/schema';

/** What others see the person as. */
export function OwnNameForm({ profile }: { profile: Profile }) {
  const router = useRouter();
  const { slug } = useTenant();
  const refresh = useRefresh('me', 'team');
  const form = useFormAction(updateMe, {
    tenant: slug,
    onDone() {
      refresh();
      router.refresh();
      toast({ kind: 'ok', title: 'Your name is saved' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void form.submit({ name: fieldsOf(event.currentTarget).name });
  };
  return (
    <form onSubmit={submit} className="grid max-w-130 gap-2 pt-4">
      <FormProblem problem={form.problem} />
      <div className="flex items-start gap-2">
        <Field label="Name" error={form.errorOf('name')} className="flex-1">
          <Input
            key={profile.name}
            name="name"
            required
            maxLength={100}
            defaultValue={profile.name}
            autoComplete="name"
          />
        </Field>
        <Button type="submit" busy={form.busy && 'Saving…'} className="mt-5">
          Save
        </Button>
      </div>
    </form>
  );
}
