'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { signIn, signInOutside } from '@/lib/client/sign-in';
import { EntryForm } from './entry-form';
import { refusalInWords } from './refusal';

type SignInFormProps = {
  /** Where to go afterwards: a path of ours. Null: stay, and show the page as it is for the person. */
  next: string | null;
  /** Why an outside provider sent the person back. */
  refusal: string | null;
  providers: { id: string; name: string }[];
  emailLink: boolean;
  mayRegister: boolean;
};

/** E-mail and password, and whatever else this installation offers. */
export function SignInForm({ next, refusal, providers, emailLink, mayRegister }: SignInFormProps) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(refusal);
  const submit = async (fields: Record<string, string>) => {
    setBusy(true);
    const answer = await signIn('password', fields).catch(() => 'no_answer');
    setBusy(false);
    setRefused(answer);
    if (answer) return;
    if (next) router.replace(next);
    router.refresh();
  };
  return (
    <>
      <EntryForm
        verb="Sign in"
        busyVerb="Signing in…"
        busy={busy}
        onSubmit={submit}
        foot={
          <>
            <Link href="/forgot-password" className="link">
              Forgot the password?
            </Link>
            {emailLink && (
              <Link href="/sign-in/link" className="link ml-4">
                Get a link by mail
              </Link>
            )}
            {mayRegister && (
              <Link href="/sign-up" className="link ml-4">
                Make an account
              </Link>
            )}
          </>
        }
      >
        <div role="alert">{refused && <Note tone="bad">{refusalInWords(refused)}</Note>}</div>
        <Field label="E-mail">
          <Input name="email" type="email" autoComplete="username" required />
        </Field>
        <Field label="Password">
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
      </EntryForm>
      {providers.length > 0 && (
        <section aria-label="Other ways to sign in" className="mt-6 flex flex-wrap gap-2 border-t border-line pt-6">
          {providers.map(({ id, name }) => (
            <Button key={id} onClick={() => signInOutside(id, next ?? '/')}>
              {name}
            </Button>
          ))}
        </section>
      )}
    </>
  );
}
