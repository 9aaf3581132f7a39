import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { DeployedDocuments, Deployment, DeploymentPage } from '@/lib/features/delivery/deployments/schema';

export const deployments = (tenant: string, query: Query) =>
  resource<z.infer<typeof DeploymentPage>>(tenant, 'deployments', '/deployments', query);

export const deployment = (tenant: string, id: string) =>
  resource<Deployment>(tenant, 'deployments', `/deployments/${id}`);

/** What one workflow was before, and what the deployment made of it. */
export const deployedDocuments = (tenant: string, id: string, key: string) =>
  resource<DeployedDocuments>(tenant, 'deployments', `/deployments/${id}/workflows/${encodeURIComponent(key)}`);

/** Nothing is asked before there is one. */
export function useDeployment(id: string | null) {
  const { slug } = useTenant();
  return useQuery({ ...deployment(slug, id ?? ''), enabled: id !== null });
}
