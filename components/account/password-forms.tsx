'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormProblem } from '@/components/patterns/form-problem';
import { useFormAction } from '@/components/patterns/use-form-action';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { forgotPassword, requestSignInLink, requestSignUp, resetPassword } from '@/lib/actions/account';
import { EntryForm } from './entry-form';
import { useLinkToken } from './link-token';

const REQUESTS = {
  password: { action: forgotPassword, verb: 'Mail a link to set a new password' },
  'sign-in': { action: requestSignInLink, verb: 'Mail a link to sign in' },
  'sign-up': { action: requestSignUp, verb: 'Mail a link to make an account' },
} as const;

/** Asks for an address and has a link mailed there. Says the same whether the address is known. */
export function LinkRequestForm({ purpose }: { purpose: keyof typeof REQUESTS }) {
  const { action, verb } = REQUESTS[purpose];
  const [mailed, setMailed] = useState<boolean | null>(null);
  const form = useFormAction(action, { onDone: (answer) => setMailed(answer.mailed) });
  if (mailed !== null) {
    return (
      <div role="status" className="mt-6">
        <Note>
          {mailed
            ? 'If this address can have such a link, it is on its way. It works once, and not for long.'
            : 'This installation sends no mail. Ask an admin: they can make a link for you.'}
        </Note>
      </div>
    );
  }
  return (
    <EntryForm
      verb={verb}
      busyVerb="Sending…"
      busy={form.busy}
      onSubmit={({ email }) => form.submit({ email: email ?? '' })}
    >
      <FormProblem problem={form.problem} />
      <Field label="E-mail" error={form.errorOf('email')}>
        <Input name="email" type="email" autoComplete="username" required />
      </Field>
    </EntryForm>
  );
}

/** Sets a new password with the token of a link; every session ends, so signing in is next. */
export function ResetPasswordForm() {
  const router = useRouter();
  const token = useLinkToken();
  const form = useFormAction(resetPassword, { onDone: () => router.replace('/sign-in') });
  if (token === '') return <Note tone="bad">This link is not complete. Open it as it was sent.</Note>;
  return (
    <EntryForm
      verb="Set the password"
      busyVerb="Setting it…"
      busy={form.busy}
      onSubmit={({ password }) => form.submit({ token: token ?? '', password: password ?? '' })}
    >
      <FormProblem problem={form.problem} />
      <Field
        label="New password"
        hint="Long rather than complicated: a few words do well."
        error={form.errorOf('password')}
      >
        <Input name="password" type="password" autoComplete="new-password" required />
      </Field>
    </EntryForm>
  );
}
