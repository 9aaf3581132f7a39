'use client';

import { useTenant } from '@/components/shell/tenant';
import { TabLinks } from '@/components/ui/tab-links';
import { useIdentitySummary } from './queries';

/** The three parts of identity: where each lineage stands, what belongs to none, what may belong together. */
export function MatrixPlaces({ current }: { current: '' | '/linking' | '/suggestions' }) {
  const base = `/t/${useTenant().slug}/matrix`;
  const { data } = useIdentitySummary();
  const unmapped = data?.environments.reduce((sum, { counts }) => sum + counts.unmapped, 0);
  return (
    <TabLinks
      label="Parts of the matrix"
      current={`${base}${current}`}
      tabs={[
        { href: base, label: 'Matrix' },
        { href: `${base}/linking`, label: 'Linking', count: unmapped },
        { href: `${base}/suggestions`, label: 'Suggestions', count: data?.openSuggestions },
      ]}
    />
  );
}
