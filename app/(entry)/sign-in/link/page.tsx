import type { Metadata } from 'next';
import { EntryHead } from '@/components/account/entry-head';
import { SignInByLink } from '@/components/account/sign-in-by-link';

export const metadata: Metadata = { title: 'Sign in by link' };

export default function SignInLinkPage() {
  return (
    <>
      <EntryHead title="Sign in by link" />
      <SignInByLink />
    </>
  );
}
