'use client';

import { type FormEvent, useRef } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { fieldsOf, useFormAction } from '@/components/patterns/use-form-action';
import { useTenant } from '@/components/shell/tenant';
import { useRefresh } from '@/components/shell/use-refresh';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { changePassword } from '@/lib/actions/account';
import type { Profile } from '@/lib/features/identity/users/schema';

/** Sets a password, or another one. Every other session ends with it. */
export function ChangePasswordForm({ profile }: { profile: Profile }) {
  const { slug } = useTenant();
  const element = useRef<HTMLFormElement>(null);
  const refresh = useRefresh('me', 'sessions');
  const form = useFormAction(changePassword, {
    tenant: slug,
    onDone() {
      element.current?.reset();
      refresh();
      toast({ kind: 'ok', title: 'The password is changed', detail: 'All other sessions ended.' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { currentPassword, newPassword = '' } = fieldsOf(event.currentTarget);
    void form.submit({ newPassword, ...(currentPassword ? { currentPassword } : {}) });
  };
  return (
    <form ref={element} onSubmit={submit} className="grid max-w-130 gap-4 pt-4">
      <FormProblem problem={form.problem} />
      {/* So that a password manager knows whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={profile.email} readOnly />
      {profile.hasPassword && (
        <Field label="Present password" error={form.errorOf('currentPassword')}>
          <Input name="currentPassword" type="password" required autoComplete="current-password" />
        </Field>
      )}
      <Field
        label="New password"
        hint="Long rather than complicated: a few words do well. All other sessions end."
        error={form.errorOf('newPassword')}
      >
        <Input name="newPassword" type="password" required autoComplete="new-password" />
      </Field>
      <Button type="submit" busy={form.busy && 'Changing it…'} className="justify-self-start">
        {profile.hasPassword ? 'Change the password' : 'Set a password'}
      </Button>
    </form>
  );
}
