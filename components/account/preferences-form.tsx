'use client';

import type { ReactNode } from 'react';
import { DensitySwitch } from '@/components/shell/density-switch';
import { Switch } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { useViewer } from '@/components/ui/viewer';
import type { Theme } from '@/lib/client/preferences';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Takes effect at once, and is kept in this browser: another screen may want other looks. */
export function PreferencesForm({ timeZones }: { timeZones: readonly string[] }) {
  const viewer = useViewer();
  return (
    <div className="grid max-w-130 gap-4 pt-4">
      <p className="text-12 text-ink-3">At once, and for this browser alone.</p>
      <Choice label="Theme">
        <Segmented
          label="Theme"
          value={viewer.theme}
          options={THEMES}
          onChange={(theme) => viewer.set('theme', theme)}
        />
      </Choice>
      <Choice label="Rows">
        <DensitySwitch />
      </Choice>
      <Field label="Time zone" hint="UTC shows on hover wherever a time stands.">
        <Select
          value={viewer.chosenTimeZone ?? ''}
          onChange={(event) => viewer.set('chosenTimeZone', event.target.value || null)}
          options={[
            { value: '', label: viewer.timeZone ? `As the browser: ${viewer.timeZone}` : 'As the browser' },
            ...timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
          ]}
        />
      </Field>
      <Field label="Keyboard" hint="Such as g t for the team, / for the search. ⌘K works either way.">
        <Switch checked={viewer.singleKeys} onChange={(event) => viewer.set('singleKeys', event.target.checked)}>
          Shortcuts of single keys
        </Switch>
      </Field>
    </div>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <span aria-hidden="true" className="mb-1 block text-12 font-medium text-ink-2">
        {label}
      </span>
      {children}
    </div>
  );
}
