'use client';

import { Axis } from '@/components/patterns/axis';
import { Time } from '@/components/ui/time';
import type { Environment } from '@/lib/features/connections/environments/schema';
import { saidOf } from './axes';

type AxisCellProps = { environment: Pick<Environment, 'axes' | 'class'> };

/** Whether the instance answers, and since when it does not. */
export function ConnectionAxis({ environment }: AxisCellProps) {
  const { since, checkedAt, status } = environment.axes.connection;
  const at = status === 'connected' ? checkedAt : since;
  return <Axis {...saidOf(environment.axes).connection} age={at ? <Time at={at} /> : 'never asked'} />;
}

/** Whether it runs what was approved; a check that failed since is said before the age of the last good one. */
export function DriftAxis({ environment }: AxisCellProps) {
  const { status, checkedAt, count, problem } = environment.axes.drift;
  const { kind, word } = saidOf(environment.axes).drift;
  const good = checkedAt ? <Time at={checkedAt} prefix={problem ? 'last good check' : 'checked'} /> : UNCHECKED[status];
  return (
    <Axis
      kind={kind}
      word={status === 'drifted' && count ? `${count} drifted` : word}
      age={problem && !checkedAt ? 'the check failed' : problem ? <>failing, {good}</> : good}
    />
  );
}

const UNCHECKED: Record<Environment['axes']['drift']['status'], string> = {
  not_tracked: 'dev is not compared',
  no_baseline: 'nothing approved yet',
  unknown: 'never checked',
  none: 'age not known',
  drifted: 'age not known',
};

/** Whether it can do what promotions need. */
export function ReadinessAxis({ environment }: AxisCellProps) {
  const { missing, checkedAt } = environment.axes.readiness;
  const first = missing[0] && (missing.length > 1 ? `${missing.length} things missing` : missing[0]);
  return (
    <Axis
      {...saidOf(environment.axes).readiness}
      age={first ?? (checkedAt ? <Time at={checkedAt} prefix="checked" /> : 'not connected yet')}
    />
  );
}

/** How old the inventory is. */
export function FreshnessAxis({ environment }: AxisCellProps) {
  const { asOf } = environment.axes.freshness;
  return (
    <Axis
      {...saidOf(environment.axes).freshness}
      age={asOf ? <Time at={asOf} prefix="as of" /> : 'refresh to read it'}
    />
  );
}
