'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { EnvironmentFilter } from '@/components/environments/environment-filter';
import { ErrorState } from '@/components/patterns/error-state';
import { useTenant } from '@/components/shell/tenant';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { toShownProblem } from '@/lib/client/problem-error';
import { Acceptances, ComplianceFigures, ComplianceIncidents, OverTime } from './compliance-figures';
import { complianceQueryOf } from './compliance-period';
import { DownloadCompliance } from './download-compliance';
import { compliance } from './queries';

const PERIOD = {
  environmentId: parseAsString.withDefault(''),
  from: parseAsString.withDefault(''),
  to: parseAsString.withDefault(''),
};

/** What happened to drift in a period: figures, day by day, what was allowed to differ, each incident; as a file too. */
export function ComplianceReport() {
  const { slug } = useTenant();
  const [period, setPeriod] = useQueryStates(PERIOD);
  const query = complianceQueryOf(period);
  const { data, error, refetch } = useQuery({ ...compliance(slug, query), placeholderData: keepPreviousData });
  const day = (name: 'from' | 'to', label: string) => (
    <Field label={label}>
      <Input type="date" value={period[name]} onChange={(event) => void setPeriod({ [name]: event.target.value })} />
    </Field>
  );
  return (
    <>
      <div className="mt-4 flex flex-wrap items-end gap-3">
        {day('from', 'From')}
        {day('to', 'To the end of')}
        <EnvironmentFilter
          value={period.environmentId}
          onChange={(environmentId) => void setPeriod({ environmentId })}
        />
        <DownloadCompliance query={query} />
      </div>
      {error && <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />}
      {data ? (
        <>
          <p className="mt-3 text-12 text-ink-3">
            Detected from <Time at={data.from} show="full" /> until <Time at={data.to} show="full" />
          </p>
          <ComplianceFigures report={data} />
          <OverTime report={data} />
          <Acceptances report={data} />
          <ComplianceIncidents report={data} />
        </>
      ) : (
        !error && <SkeletonLines lines={14} label="the report" />
      )}
    </>
  );
}
