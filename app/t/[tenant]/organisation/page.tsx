import type { Metadata } from 'next';
import { me } from '@/components/account/queries';
import { Page, PageHead } from '@/components/shell/page';
import { ADMINS, team, teamLimits } from '@/components/team/queries';
import { Organisation } from '@/components/tenants/organisation';
import { ALL_LABELS, environmentLimits, environmentTypes, tenantOf } from '@/components/tenants/queries';
import { listEnvironmentTypes } from '@/lib/features/connections/environment-types/operations';
import { getEnvironmentLimits } from '@/lib/features/connections/environments/operations';
import { getTeamLimits, listMembers } from '@/lib/features/identity/teams/operations';
import { getTenant } from '@/lib/features/identity/tenants/operations';
import { getMe } from '@/lib/features/identity/users/operations';
import { pagePrincipal } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Organisation' };

export default async function OrganisationPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const id = (await pagePrincipal(slug)).tenant?.id ?? '';
  return (
    <Page crumbs={[{ label: 'Organisation' }]}>
      <PageHead title="Organisation" lede="What holds your environments, your team and your history." />
      <Prefetch
        tenant={slug}
        queries={[
          [tenantOf(slug, id), getTenant, { id }],
          [me(slug), getMe, {}],
          [team(slug, ADMINS), listMembers, ADMINS],
          [teamLimits(slug), getTeamLimits, {}],
          [environmentLimits(slug), getEnvironmentLimits, {}],
          [environmentTypes(slug), listEnvironmentTypes, ALL_LABELS],
        ]}
      >
        <Organisation />
      </Prefetch>
    </Page>
  );
}
