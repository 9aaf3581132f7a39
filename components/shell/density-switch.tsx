'use client';

import { Segmented } from '../ui/segmented';
import { useViewer } from '../ui/viewer';

const OPTIONS = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const;

/** Height of rows everywhere. */
export function DensitySwitch() {
  const { density, set } = useViewer();
  return <Segmented label="Density" value={density} options={OPTIONS} onChange={(next) => set('density', next)} />;
}
