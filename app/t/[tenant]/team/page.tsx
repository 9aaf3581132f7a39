import type { Metadata } from 'next';
import { me } from '@/components/account/queries';
import { Page, PageHead } from '@/components/shell/page';
import { InviteButton } from '@/components/team/invite-dialog';
import { TEAM_FILTERS, TEAM_SORT } from '@/components/team/list-settings';
import { ADMINS, team, teamLimits } from '@/components/team/queries';
import { TeamList } from '@/components/team/team-list';
import { TeamPlaces } from '@/components/team/team-places';
import { getTeamLimits, listMembers } from '@/lib/features/identity/teams/operations';
import { getMe } from '@/lib/features/identity/users/operations';
import { listQueryFrom } from '@/lib/server/list-query';
import type { SearchParams } from '@/lib/server/page';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Team' };

type ListPageProps = { params: Promise<{ tenant: string }>; searchParams: SearchParams };

export default async function TeamPage({ params, searchParams }: ListPageProps) {
  const { tenant } = await params;
  const query = listQueryFrom(await searchParams, TEAM_SORT, TEAM_FILTERS);
  return (
    <Page crumbs={[{ label: 'Team' }]}>
      <Prefetch
        tenant={tenant}
        queries={[
          [team(tenant, query), listMembers, query],
          [team(tenant, ADMINS), listMembers, ADMINS],
          [teamLimits(tenant), getTeamLimits, {}],
          [me(tenant), getMe, {}],
        ]}
      >
        <PageHead title="Team" lede={<TeamPlaces />} actions={<InviteButton />} />
        <TeamList />
      </Prefetch>
    </Page>
  );
}
