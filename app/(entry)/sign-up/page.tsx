import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EntryHead } from '@/components/account/entry-head';
import { SignUpByLink } from '@/components/account/sign-up-by-link';
import { SignUpForm } from '@/components/account/sign-up-form';
import { Note } from '@/components/ui/note';
import { authStatus } from '@/lib/server/auth-status';

export const metadata: Metadata = { title: 'Make an account' };

export default async function SignUpPage() {
  const { firstRun, authenticated, signUp, methods } = await authStatus();
  if (authenticated) redirect('/');
  if (firstRun) {
    return (
      <>
        <EntryHead title="The first account">
          Nobody has an account here yet. This one administers the installation.
        </EntryHead>
        <SignUpForm />
      </>
    );
  }
  return (
    <>
      <EntryHead title="Make an account" />
      {signUp === 'invite' ? (
        <div className="mt-6">
          <Note>Accounts are made by invitation here. Ask an admin of your organisation for a link.</Note>
        </div>
      ) : methods.emailLink ? (
        <SignUpByLink />
      ) : (
        <SignUpForm />
      )}
    </>
  );
}
