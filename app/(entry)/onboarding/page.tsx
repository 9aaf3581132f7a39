import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EntryHead } from '@/components/account/entry-head';
import { OnboardingForm } from '@/components/account/onboarding-form';
import { authStatus } from '@/lib/server/auth-status';
import type { SearchParams } from '@/lib/server/page';

export const metadata: Metadata = { title: 'Your organisation' };

export default async function OnboardingPage({ searchParams }: { searchParams: SearchParams }) {
  const { authenticated, tenant } = await authStatus();
  if (!authenticated) redirect('/sign-in?next=/onboarding');
  if (tenant && !(await searchParams).new) redirect(`/t/${tenant.slug}`);
  return (
    <>
      <EntryHead title="Your organisation">It holds your environments, your team and your history.</EntryHead>
      <OnboardingForm />
    </>
  );
}
