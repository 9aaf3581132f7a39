'use client';

import { ErrorState } from '@/components/patterns/error-state';
import { useTenant } from '@/components/shell/tenant';
import { Section } from '@/components/ui/section';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toShownProblem } from '@/lib/client/problem-error';
import { CloseOrganisation } from './close-organisation';
import { EnvironmentLabels } from './environment-labels';
import { ExportData } from './export-data';
import { LeaveOrganisation } from './leave-organisation';
import { NameForm } from './name-form';
import { PlanUsage } from './plan-usage';
import { useOrganisation } from './queries';

/** The organisation: its name, what its plan allows, its labels, its data, and the two ways out. */
export function Organisation() {
  const { name } = useTenant();
  const { data, error, refetch } = useOrganisation();
  if (error && !data) {
    return <ErrorState problem={toShownProblem(error)} unchanged="Nothing was changed." onRetry={refetch} />;
  }
  if (!data) return <SkeletonLines lines={12} label="the organisation" />;
  return (
    <>
      <Section title="Name">
        <NameForm tenant={data} />
      </Section>
      <PlanUsage />
      <EnvironmentLabels />
      <Section title="Data">
        <ExportData tenant={data} />
      </Section>
      <Section title={`Leave ${name}`}>
        <LeaveOrganisation tenant={data} />
      </Section>
      <Section title={`Close ${name}`}>
        <CloseOrganisation tenant={data} />
      </Section>
    </>
  );
}
