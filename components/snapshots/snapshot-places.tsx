'use client';

import { useTenant } from '@/components/shell/tenant';
import { TabLinks } from '@/components/ui/tab-links';

/** What was kept, and what was brought back. */
export function SnapshotPlaces({ current }: { current: '/snapshots' | '/restores' }) {
  const base = `/t/${useTenant().slug}`;
  return (
    <TabLinks
      label="Snapshots and restores"
      current={`${base}${current}`}
      tabs={[
        { href: `${base}/snapshots`, label: 'Snapshots' },
        { href: `${base}/restores`, label: 'Restores' },
      ]}
    />
  );
}
