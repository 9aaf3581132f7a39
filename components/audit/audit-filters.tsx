'use client';

import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { FilterSelect } from '@/components/shell/filter-select';
import { useTenant } from '@/components/shell/tenant';
import { FilterChip } from '@/components/ui/chip';
import { Input } from '@/components/ui/input';
import { ActionFilter } from './action-filter';
import { OUTCOME_OPTIONS } from './audit-columns';
import type { AuditFilter } from './audit-query';
import { auditValues } from './queries';

type AuditFiltersProps = {
  filters: Record<AuditFilter, string>;
  onChange(name: AuditFilter, value: string): void;
};

/** What narrows the log: what was done, by whom, with which outcome, on which days. */
export function AuditFilters({ filters, onChange }: AuditFiltersProps) {
  const values = useQuery(auditValues(useTenant().slug)).data;
  const actors = values?.actors.map(({ type, id, label }) => ({
    value: id,
    label: type === 'api_key' ? `${label} (API key)` : label,
  }));
  return (
    <>
      <ActionFilter
        value={filters.action}
        suggestions={values?.actions ?? []}
        onChange={(value) => onChange('action', value)}
      />
      <FilterSelect
        label="By"
        value={filters.actorId}
        options={actors ?? []}
        onChange={(value) => onChange('actorId', value)}
      />
      <FilterSelect
        label="Outcome"
        value={filters.outcome}
        options={OUTCOME_OPTIONS}
        onChange={(value) => onChange('outcome', value)}
      />
      <span className="flex flex-wrap gap-2">
        <Day label="From" value={filters.from} onChange={(value) => onChange('from', value)} />
        <Day label="To" value={filters.to} onChange={(value) => onChange('to', value)} />
      </span>
      {filters.targetId && (
        <FilterChip label="About" value={filters.targetId} onRemove={() => onChange('targetId', '')} />
      )}
    </>
  );
}

/** Both days are meant to be in it. */
function Day({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  const id = useId();
  return (
    <span className="flex items-center gap-2 text-12 text-ink-2">
      <label htmlFor={id}>{label}</label>
      <Input id={id} type="date" value={value} onChange={(event) => onChange(event.target.value)} className="w-36" />
    </span>
  );
}
