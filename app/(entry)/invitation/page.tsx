import type { Metadata } from 'next';
import { Invitation } from '@/components/account/invitation';
import { authStatus } from '@/lib/server/auth-status';

export const metadata: Metadata = { title: 'Invitation' };

export default async function InvitationPage() {
  const { user, methods } = await authStatus();
  return <Invitation viewer={user?.email ?? null} emailLink={methods.emailLink} />;
}
