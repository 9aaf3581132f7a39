import type { Metadata } from 'next';
import { EntryHead } from '@/components/account/entry-head';
import { ResetPasswordForm } from '@/components/account/password-forms';

export const metadata: Metadata = { title: 'Set a new password' };

export default function ResetPasswordPage() {
  return (
    <>
      <EntryHead title="Set a new password">Every session ends; then you sign in with the new one.</EntryHead>
      <ResetPasswordForm />
    </>
  );
}
