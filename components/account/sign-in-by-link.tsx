'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Note } from '@/components/ui/note';
import { signIn } from '@/lib/client/sign-in';
import { EntryForm } from './entry-form';
import { useLinkToken } from './link-token';
import { LinkRequestForm } from './password-forms';
import { refusalInWords } from './refusal';

/** Uses the token of a link when there is one, asks for a link otherwise. A press is needed: scanners open links too. */
export function SignInByLink() {
  const router = useRouter();
  const token = useLinkToken();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  if (!token) return <LinkRequestForm purpose="sign-in" />;
  const submit = async () => {
    setBusy(true);
    const answer = await signIn('link', { token }).catch(() => 'no_answer');
    setBusy(false);
    setRefused(answer);
    if (answer) return;
    router.replace('/');
    router.refresh();
  };
  const expired = refused === 'CredentialsSignin';
  return (
    <EntryForm verb="Sign in" busyVerb="Signing in…" busy={busy} onSubmit={submit}>
      <div role="alert">
        {refused && (
          <Note tone="bad">
            {expired ? 'This link was used already, or is too old. Ask for another.' : refusalInWords(refused)}
          </Note>
        )}
      </div>
    </EntryForm>
  );
}
