import type { Metadata } from 'next';
import { Profile } from '@/components/account/profile';
import { ALL_SESSIONS, me, sessions } from '@/components/account/queries';
import { Page, PageHead } from '@/components/shell/page';
import { listSessions } from '@/lib/features/identity/sessions/operations';
import { getMe } from '@/lib/features/identity/users/operations';
import { Prefetch } from '@/lib/server/prefetch';

export const metadata: Metadata = { title: 'Profile' };

const TIME_ZONES = Intl.supportedValuesOf('timeZone');

export default async function ProfilePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  return (
    <Page crumbs={[{ label: 'Profile' }]}>
      <PageHead title="Profile" lede="You, in every organisation you belong to." />
      <Prefetch
        tenant={tenant}
        queries={[
          [me(tenant), getMe, {}],
          [sessions(tenant, ALL_SESSIONS), listSessions, ALL_SESSIONS],
        ]}
      >
        <Profile timeZones={TIME_ZONES} />
      </Prefetch>
    </Page>
  );
}
