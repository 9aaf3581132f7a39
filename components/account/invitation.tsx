'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import type { z } from 'zod';
import { FormProblem } from '@/components/patterns/form-problem';
import { useFormAction } from '@/components/patterns/use-form-action';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { Segmented } from '@/components/ui/segmented';
import { SkeletonLines } from '@/components/ui/skeleton';
import { acceptInvitation, previewInvitation } from '@/lib/actions/team';
import { act } from '@/lib/client/act';
import { toShownProblem } from '@/lib/client/problem-error';
import { endOwnSession } from '@/lib/client/sign-in';
import type { Problem } from '@/lib/core/errors';
import type { InvitationPreview } from '@/lib/features/identity/teams/schema';
import { EntryHead } from './entry-head';
import { useLinkToken } from './link-token';
import { SignInForm } from './sign-in-form';
import { SignUpForm } from './sign-up-form';

type Preview = z.infer<typeof InvitationPreview>;

/** Where an invitation's link leads: who invites whom, and the shortest way in. `viewer` is the address signed in. */
export function Invitation({ viewer, emailLink }: { viewer: string | null; emailLink: boolean }) {
  const token = useLinkToken();
  const { preview, problem } = usePreview(token);
  if (token === '') {
    return (
      <EntryPlain title="Invitation">
        <Note tone="bad">This link is not complete. Open it as it was sent.</Note>
      </EntryPlain>
    );
  }
  if (problem) {
    return (
      <EntryPlain title="Invitation">
        <FormProblem problem={problem} />
        <p className="mt-3 text-ink-2">Ask whoever invited you to send it again: an admin can, under Team.</p>
      </EntryPlain>
    );
  }
  if (!preview || !token) return <SkeletonLines lines={6} label="the invitation" />;
  return (
    <>
      <EntryHead title={`Join ${preview.tenant.name}`}>
        {preview.email} is invited as {preview.role}.
      </EntryHead>
      {viewer === preview.email && <Accept token={token} preview={preview} />}
      {viewer !== null && viewer !== preview.email && <OtherAddress viewer={viewer} invited={preview.email} />}
      {viewer === null && <Enter token={token} preview={preview} emailLink={emailLink} />}
    </>
  );
}

function EntryPlain({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <EntryHead title={title} />
      <div className="mt-6">{children}</div>
    </>
  );
}

function usePreview(token: string | null) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (!token) return;
    let isLatest = true;
    act(previewInvitation, null, { token }).then(
      (answer) => isLatest && setPreview(answer),
      (error) => isLatest && setProblem(toShownProblem(error)),
    );
    return () => {
      isLatest = false;
    };
  }, [token]);
  return { preview, problem };
}

function Accept({ token, preview }: { token: string; preview: Preview }) {
  const router = useRouter();
  const form = useFormAction(acceptInvitation, { onDone: ({ tenant }) => router.replace(`/t/${tenant.slug}`) });
  return (
    <div className="mt-6 grid justify-items-start gap-4">
      <FormProblem problem={form.problem} />
      <p role="alert" className="text-bad empty:hidden">
        {form.errorOf('token')}
      </p>
      <Button variant="primary" busy={form.busy && 'Joining…'} onClick={() => form.submit({ token })}>
        Join {preview.tenant.name}
      </Button>
    </div>
  );
}

/** The link works for one address: whoever is signed in with another must change over. */
function OtherAddress({ viewer, invited }: { viewer: string; invited: string }) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const leave = async () => {
    setIsBusy(true);
    await endOwnSession().finally(() => setIsBusy(false));
    router.refresh();
  };
  return (
    <div className="mt-6 grid justify-items-start gap-4">
      <Note tone="warn">
        You are signed in as {viewer}. This invitation works for {invited} alone.
      </Note>
      <Button busy={isBusy && 'Signing out…'} onClick={leave}>
        Sign out, and go on as {invited}
      </Button>
    </div>
  );
}

const WAYS = [
  { value: 'new', label: 'I am new here' },
  { value: 'known', label: 'I have an account' },
] as const;

/** Both ways stay on this page: the token must not leave the fragment. */
function Enter({ token, preview, emailLink }: { token: string; preview: Preview; emailLink: boolean }) {
  const [way, setWay] = useState<'new' | 'known'>('new');
  return (
    <>
      <div className="mt-6">
        <Segmented label="Your account" value={way} options={WAYS} onChange={setWay} />
      </div>
      {way === 'new' ? (
        <SignUpForm email={preview.email} proof={{ invitation: token }} next={`/t/${preview.tenant.slug}`} />
      ) : (
        <SignInForm next={null} refusal={null} providers={[]} emailLink={emailLink} mayRegister={false} />
      )}
    </>
  );
}
