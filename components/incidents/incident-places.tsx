'use client';

import { useTenant } from '@/components/shell/tenant';
import { TabLinks } from '@/components/ui/tab-links';
import { useIncidentStats, usePendingApprovals } from './queries';

/** The parts of drift: what is open, what waits for a second person, each look, and the figures of a period. */
export function IncidentPlaces({ current }: { current: '' | '/approvals' | '/checks' | '/compliance' }) {
  const base = `/t/${useTenant().slug}/incidents`;
  const stats = useIncidentStats();
  const pending = usePendingApprovals()?.total;
  return (
    <TabLinks
      label="Parts of drift"
      current={`${base}${current}`}
      tabs={[
        { href: base, label: 'Incidents', count: stats?.open || undefined },
        { href: `${base}/approvals`, label: 'Approvals', count: pending || undefined },
        { href: `${base}/checks`, label: 'Checks' },
        { href: `${base}/compliance`, label: 'Compliance' },
      ]}
    />
  );
}
