import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { WorkflowDetail, WorkflowPage } from '@/lib/features/inventory/workflows/schema';

export const workflows = (tenant: string, query: Query) =>
  resource<z.infer<typeof WorkflowPage>>(tenant, 'workflows', '/workflows', query);

export const workflow = (tenant: string, id: string) =>
  resource<WorkflowDetail>(tenant, 'workflows', `/workflows/${id}`);

export const useWorkflow = (id: string) => useQuery(workflow(useTenant().slug, id));
