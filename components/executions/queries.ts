import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { ExecutionDetail, ExecutionPage } from '@/lib/features/inventory/executions/schema';

export const executions = (tenant: string, query: Query) =>
  resource<z.infer<typeof ExecutionPage>>(tenant, 'executions', '/executions', query);

export const execution = (tenant: string, id: string) =>
  resource<z.infer<typeof ExecutionDetail>>(tenant, 'executions', `/executions/${id}`);

export const useExecutions = (query: Query) => useQuery(executions(useTenant().slug, query));
export const useExecution = (id: string) => useQuery(execution(useTenant().slug, id));
