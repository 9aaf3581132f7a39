'use client';

import { useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import type { TenantPermission } from '@/lib/core/permissions';
import { groupScopes, isReading, verbOf } from './scope-groups';

type ScopePickerProps = {
  value: readonly TenantPermission[];
  onChange(value: readonly TenantPermission[]): void;
  error?: string;
};

/** What a key may do: at most what its maker may, by noun and verb. */
export function ScopePicker({ value, onChange, error }: ScopePickerProps) {
  const { permissions } = useTenant();
  const toggle = (scope: TenantPermission) =>
    onChange(value.includes(scope) ? value.filter((other) => other !== scope) : [...value, scope]);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-12 font-medium text-ink-2">Scopes</legend>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => onChange(permissions.filter(isReading))}>
          Only read
        </Button>
        <Button size="sm" onClick={() => onChange(permissions)}>
          Everything I may do
        </Button>
        <Button size="sm" onClick={() => onChange([])}>
          Nothing
        </Button>
        <span className="text-12 text-ink-3" aria-live="polite">
          {value.length} of {permissions.length} chosen
        </span>
      </div>
      <div className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 border-y border-line py-2">
        {groupScopes(permissions).map(({ noun, scopes }) => (
          <div key={noun} className="contents">
            <span aria-hidden="true" className="py-0.5 text-ink-2">
              {noun}
            </span>
            <span className="flex flex-wrap gap-x-4">
              {scopes.map((scope) => (
                <Checkbox key={scope} aria-label={scope} checked={value.includes(scope)} onChange={() => toggle(scope)}>
                  {verbOf(scope)}
                </Checkbox>
              ))}
            </span>
          </div>
        ))}
      </div>
      <p aria-live="polite" className="mt-1 text-12 text-bad">
        {error}
      </p>
    </fieldset>
  );
}
