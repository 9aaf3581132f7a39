'use client';

import { useQuery } from '@tanstack/react-query';
import { ALL_ENVIRONMENTS, environments } from '@/components/environments/queries';
import { useTenant } from '@/components/shell/tenant';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { useViewer } from '@/components/ui/viewer';
import { zoneOf } from '@/lib/client/preferences';
import { formatAbsolute } from '@/lib/client/time-format';
import { snapshots } from './queries';
import { KIND_WORDS } from './snapshot-words';

type MomentPickerProps = { label: string; value: string; onChange(moment: string): void };

/** Chooses a moment: what an environment has now, what is approved there, or one of its newest hundred snapshots. */
export function MomentPicker({ label, value, onChange }: MomentPickerProps) {
  const { slug } = useTenant();
  const viewer = useViewer();
  const all = useQuery(environments(slug, ALL_ENVIRONMENTS)).data?.items ?? [];
  const kept = useQuery(snapshots(slug, { pageSize: 100, sort: '-createdAt' })).data?.items ?? [];
  const at = (time: string) => formatAbsolute(Date.parse(time), zoneOf(viewer), 'full');
  const options = all.flatMap(({ id, name, class: tier }) => [
    { value: `now:${id}`, label: `${name} (${tier}): as last read` },
    { value: `approved:${id}`, label: `${name} (${tier}): approved` },
    ...kept
      .filter(({ environment }) => environment.id === id)
      .map((one) => ({ value: one.id, label: `${name} (${tier}): ${at(one.createdAt)}, ${KIND_WORDS[one.kind]}` })),
  ]);
  const known = options.some((option) => option.value === value);
  const first = value && !known ? [{ value, label: 'an older snapshot' }] : [];
  const none = value ? [] : [{ value: '', label: 'Choose a moment' }];
  return (
    <Field label={label}>
      <Select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        options={[...none, ...first, ...options]}
      />
    </Field>
  );
}
