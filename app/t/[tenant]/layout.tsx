import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ALL_ENVIRONMENTS, environments } from '@/components/environments/queries';
import { incidentStats } from '@/components/incidents/queries';
import { AWAITING_APPROVAL } from '@/components/promotions/list-settings';
import { promotions } from '@/components/promotions/queries';
import { DataProvider } from '@/components/shell/data-provider';
import { LiveUpdates } from '@/components/shell/live-updates';
import { TenantProvider } from '@/components/shell/tenant';
import { Workspace } from '@/components/shell/workspace';
import { ClosingBanner } from '@/components/tenants/closing-banner';
import { ROLE_PERMISSIONS } from '@/lib/core/permissions';
import { listEnvironments } from '@/lib/features/connections/environments/operations';
import { listPromotions } from '@/lib/features/delivery/promotions/operations';
import { getIncidentStats } from '@/lib/features/drift/incidents/operations';
import { authStatus } from '@/lib/server/auth-status';
import { pagePrincipal } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

type TenantLayoutProps = { params: Promise<{ tenant: string }>; children: ReactNode };

/** Everything under `/t/<slug>`: who looks, at which organisation, kept fresh by its events. */
export default async function TenantLayout({ params, children }: TenantLayoutProps) {
  const { tenant: slug } = await params;
  const { tenant, role, user } = await pagePrincipal(slug);
  if (!user) redirect(`/sign-in?next=${encodeURIComponent(`/t/${slug}`)}`);
  if (!tenant || !role) redirect('/');
  const { tenants, signUp, user: profile } = await authStatus();
  const mayFound = signUp === 'open' || profile?.platformAdmin === true;
  const view = { ...tenant, role, permissions: ROLE_PERMISSIONS[role] };
  const isClosing = tenants.some((own) => own.id === tenant.id && own.status === 'closing');
  return (
    <DataProvider>
      <TenantProvider tenant={view}>
        <LiveUpdates>
          <Prefetch
            tenant={slug}
            queries={[
              [environments(slug), listEnvironments, ALL_ENVIRONMENTS],
              [promotions(slug, AWAITING_APPROVAL), listPromotions, AWAITING_APPROVAL],
              [incidentStats(slug), getIncidentStats, {}],
            ]}
          >
            <Workspace person={{ name: user.name, role }} tenants={tenants} mayFound={mayFound}>
              {isClosing && <ClosingBanner />}
              {children}
            </Workspace>
          </Prefetch>
        </LiveUpdates>
      </TenantProvider>
    </DataProvider>
  );
}
