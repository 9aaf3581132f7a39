'use client';

import { useState } from 'react';
import { ErrorState } from '@/components/patterns/error-state';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toShownProblem } from '@/lib/client/problem-error';
import { signOut } from '@/lib/client/sign-in';
import { AddressForm } from './address-form';
import { ChangePasswordForm } from './change-password-form';
import { OwnNameForm } from './own-name-form';
import { PreferencesForm } from './preferences-form';
import { useMe } from './queries';
import { SessionList } from './session-list';

/** The person's own page. `timeZones` come from the server, so that both renderings offer the same. */
export function Profile({ timeZones }: { timeZones: readonly string[] }) {
  const { data, error, refetch } = useMe();
  if (error && !data) {
    return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  }
  const profile = data?.user;
  if (!profile) return <SkeletonLines lines={12} label="your profile" />;
  return (
    <>
      <Section title="You">
        <OwnNameForm profile={profile} />
        <AddressForm profile={profile} />
      </Section>
      <Section title="Looks and keys">
        <PreferencesForm timeZones={timeZones} />
      </Section>
      <Section title="Password">
        <ChangePasswordForm profile={profile} />
      </Section>
      <Section title="Signed in" actions={<SignOutButton />}>
        <SessionList />
      </Section>
    </>
  );
}

function SignOutButton() {
  const [isBusy, setIsBusy] = useState(false);
  return (
    <Button
      size="sm"
      busy={isBusy && 'Signing out…'}
      onClick={() => {
        setIsBusy(true);
        void signOut().catch(() => setIsBusy(false));
      }}
    >
      Sign out here
    </Button>
  );
}
