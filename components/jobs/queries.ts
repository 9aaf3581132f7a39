import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { BackgroundJob, BackgroundJobPage } from '@/lib/features/service/background-jobs/schema';

export const jobs = (tenant: string, query: Query) =>
  resource<z.infer<typeof BackgroundJobPage>>(tenant, 'jobs', '/background-jobs', query);

/** What the home page shows. */
export const LATEST_JOBS = { pageSize: 6 } as const;

export const job = (tenant: string, id: string) => resource<BackgroundJob>(tenant, 'jobs', `/background-jobs/${id}`);

export const useJob = (id: string | null) => useQuery({ ...job(useTenant().slug, id ?? ''), enabled: id !== null });
