import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EntryHead } from '@/components/account/entry-head';
import { SignInForm } from '@/components/account/sign-in-form';
import { authStatus } from '@/lib/server/auth-status';
import { ownPath } from '@/lib/server/own-path';
import type { SearchParams } from '@/lib/server/page';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { next, error } = await searchParams;
  const status = await authStatus();
  if (status.firstRun) redirect('/sign-up');
  if (status.authenticated) redirect(ownPath(next));
  return (
    <>
      <EntryHead title="Sign in">One place for all your n8n instances.</EntryHead>
      <SignInForm
        next={ownPath(next)}
        refusal={typeof error === 'string' ? error : null}
        providers={status.methods.providers}
        emailLink={status.methods.emailLink}
        mayRegister={status.signUp === 'open'}
      />
    </>
  );
}
