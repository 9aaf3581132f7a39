import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { jobs } from '@/components/jobs/queries';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { Environment } from '@/lib/features/connections/environments/schema';
import type { Compliance, DriftReportDetail, DriftReportPage } from '@/lib/features/drift/drift-reports/schema';

/** Checks for drift, failed ones too. */
export const checks = (tenant: string, query: Query) =>
  resource<z.infer<typeof DriftReportPage>>(tenant, 'drift', '/reports', query);

/** A check with every workflow that differed. */
export const check = (tenant: string, id: string) => resource<DriftReportDetail>(tenant, 'drift', `/reports/${id}`);

export const compliance = (tenant: string, query: Query) =>
  resource<Compliance>(tenant, 'drift', '/reports/compliance', query);

/** Those that are held to an approved state: dev is where changes begin. */
export const watched = (environments: readonly Environment[]) => environments.filter((one) => one.class !== 'dev');

/** The newest check job of an environment, among jobs: each step makes it stale. */
export const newestCheckJob = (environmentId: string) => ({ type: 'drift-check', environmentId, pageSize: 1 }) as const;

/** The check that an environment's drift axis speaks of, among checks. */
export const standingCheck = (environmentId: string, at: string) => ({ environmentId, from: at, to: at, pageSize: 1 });

export const useCheck = (id: string | null) => useQuery({ ...check(useTenant().slug, id ?? ''), enabled: id !== null });

/** The check that an environment's drift axis speaks of, with its flags; null: there was no good one yet. */
export function useFindings({ id, axes }: Pick<Environment, 'id' | 'axes'>) {
  const { slug } = useTenant();
  const at = axes.drift.checkedAt;
  const standing = { placeholderData: keepPreviousData };
  const found = useQuery({ ...checks(slug, standingCheck(id, at ?? '')), ...standing, enabled: at !== null });
  const checkId = found.data?.items[0]?.id;
  const detail = useQuery({ ...check(slug, checkId ?? ''), ...standing, enabled: checkId !== undefined });
  const failed = found.error ? found : detail;
  return { data: at === null ? null : detail.data, error: failed.error, refetch: () => void failed.refetch() };
}

export function useNewestCheckJob(environmentId: string) {
  const { data, refetch } = useQuery(jobs(useTenant().slug, newestCheckJob(environmentId)));
  return { job: data?.items[0], refetch };
}
