'use client';

import { type FormEvent, useState } from 'react';
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

/** The address that signs in. A new one takes the password, and the old one is told. */
export function AddressForm({ profile }: { profile: Profile }) {
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) return <NewAddressForm profile={profile} onDone={() => setIsOpen(false)} />;
  return (
    <div className="mt-4 flex max-w-130 flex-wrap items-center gap-x-4 gap-y-1">
      <span className="min-w-0 flex-1">
        <span className="block text-12 font-medium text-ink-2">E-mail</span>
        <span className="wrap-anywhere">{profile.email}</span>
      </span>
      <Button
        why={profile.hasPassword ? undefined : 'Set a password first; it confirms a new address.'}
        onClick={() => setIsOpen(true)}
      >
        Change it
      </Button>
    </div>
  );
}

function NewAddressForm({ profile, onDone }: { profile: Profile; onDone(): void }) {
  const { slug } = useTenant();
  const refresh = useRefresh('me', 'team');
  const form = useFormAction(updateMe, {
    tenant: slug,
    onDone({ user }) {
      refresh();
      toast({ kind: 'ok', title: `You sign in as ${user?.email} now` });
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { email, currentPassword } = fieldsOf(event.currentTarget);
    void form.submit({ email, currentPassword });
  };
  return (
    <form onSubmit={submit} className="mt-4 grid max-w-130 gap-4">
      <FormProblem problem={form.problem} />
      <Field label="New e-mail" hint="The old address is told." error={form.errorOf('email')}>
        <Input name="email" type="email" required defaultValue={profile.email} autoComplete="username" autoFocus />
      </Field>
      <Field label="Your password" error={form.errorOf('currentPassword')}>
        <Input name="currentPassword" type="password" required autoComplete="current-password" />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={form.busy && 'Changing it…'}>
          Change the address
        </Button>
        <Button onClick={onDone}>Keep it</Button>
      </div>
    </form>
  );
}
