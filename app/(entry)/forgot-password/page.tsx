import type { Metadata } from 'next';
import { EntryHead } from '@/components/account/entry-head';
import { LinkRequestForm } from '@/components/account/password-forms';

export const metadata: Metadata = { title: 'Forgot the password' };

export default function ForgotPasswordPage() {
  return (
    <>
      <EntryHead title="Forgot the password">A link sets a new one. It works once.</EntryHead>
      <LinkRequestForm purpose="password" />
    </>
  );
}
