'use client';

import { useRouter } from 'next/navigation';
import { FormProblem } from '@/components/patterns/form-problem';
import { useFormAction } from '@/components/patterns/use-form-action';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { signUp } from '@/lib/actions/account';
import { signIn } from '@/lib/client/sign-in';
import { EntryForm } from './entry-form';

type SignUpFormProps = {
  /** Set when the address is known: from an invitation, or a mailed link. */
  email?: string;
  /** What admits the person; absent for the very first account and where anybody may sign up. */
  proof?: { invitation: string } | { token: string };
  next?: string;
};

/** Makes an account and signs in with it. */
export function SignUpForm({ email, proof, next = '/' }: SignUpFormProps) {
  const router = useRouter();
  let typed: Record<string, string> = {};
  const form = useFormAction(signUp, {
    async onDone() {
      const refused = await signIn('password', { email: typed.email ?? '', password: typed.password ?? '' });
      router.replace(refused ? `/sign-in?error=${refused}` : next);
      router.refresh();
    },
  });
  const submit = (fields: Record<string, string>) => {
    typed = fields;
    return form.submit({ email: '', name: '', password: '', ...fields, ...proof });
  };
  return (
    <EntryForm verb="Make the account" busyVerb="Making the account…" busy={form.busy} onSubmit={submit}>
      <FormProblem problem={form.problem} />
      <Field label="Your name" error={form.errorOf('name')}>
        <Input name="name" autoComplete="name" required maxLength={100} />
      </Field>
      <Field label="E-mail" error={form.errorOf('email')}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={email}
          readOnly={Boolean(email)}
        />
      </Field>
      <Field
        label="Password"
        hint="Long rather than complicated: a few words do well."
        error={form.errorOf('password')}
      >
        <Input name="password" type="password" autoComplete="new-password" required />
      </Field>
    </EntryForm>
  );
}
