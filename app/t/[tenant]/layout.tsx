import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { DataProvider } from '@/components/shell/data-provider';
import { LiveUpdates } from '@/components/shell/live-updates';
import { TenantProvider } from '@/components/shell/tenant';
import { ROLE_PERMISSIONS } from '@/lib/core/permissions';
import { pagePrincipal } from '@/lib/server/page';

/** Everything under `/t/<slug>`: who looks, at which organisation, kept fresh by its events. */
export default async function TenantLayout({ params, children }: LayoutProps<'/t/[tenant]'>) {
  const { tenant: slug } = await params;
  const { tenant, role, user } = await pagePrincipal(slug);
  if (!user) redirect(`/sign-in?next=${encodeURIComponent(`/t/${slug}`)}`);
  if (!tenant || !role) redirect('/');
  const view = { slug: tenant.slug, name: tenant.name, role, permissions: ROLE_PERMISSIONS[role] };
  return (
    <DataProvider>
      <TenantProvider tenant={view}>
        <LiveUpdates>{children as ReactNode}</LiveUpdates>
      </TenantProvider>
    </DataProvider>
  );
}
