import { redirect } from 'next/navigation';
import { authStatus } from '@/lib/server/auth-status';

/** Leads everybody to where they belong. */
export default async function Root() {
  const { firstRun, authenticated, tenant } = await authStatus();
  if (firstRun) redirect('/sign-up');
  if (!authenticated) redirect('/sign-in');
  redirect(tenant ? `/t/${tenant.slug}` : '/onboarding');
}
