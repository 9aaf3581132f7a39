import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type {
  IdentityPage,
  IdentitySummary,
  LineageDetail,
  LineagePage,
  Matrix,
  SuggestionPage,
} from '@/lib/features/change/lineages/schema';
import type { WorkflowDrift } from '@/lib/features/drift/drift-detection/schema';

export const matrix = (tenant: string, query: Query) =>
  resource<z.infer<typeof Matrix>>(tenant, 'lineages', '/lineages/matrix', query);

export const lineages = (tenant: string, query: Query) =>
  resource<z.infer<typeof LineagePage>>(tenant, 'lineages', '/lineages', query);

export const lineage = (tenant: string, id: string) =>
  resource<z.infer<typeof LineageDetail>>(tenant, 'lineages', `/lineages/${id}`);

/** Workflows by how they stand to their lineage. */
export const identities = (tenant: string, query: Query) =>
  resource<z.infer<typeof IdentityPage>>(tenant, 'lineages', '/lineages/workflows', query);

export const identitySummary = (tenant: string) => resource<IdentitySummary>(tenant, 'lineages', '/lineages/summary');

export const suggestions = (tenant: string, query: Query) =>
  resource<z.infer<typeof SuggestionPage>>(tenant, 'lineages', '/lineages/suggestions', query);

/** How one workflow stands to its lineage: the only item. */
export const identityOf = (tenant: string, workflowId: string) => identities(tenant, { workflowId });

/** What the last check says of a workflow, with the approved version to draw it against. */
export const workflowDrift = (tenant: string, id: string) =>
  resource<WorkflowDrift>(tenant, 'workflows', `/workflows/${id}/drift`);

export const useLineage = (id: string | null) =>
  useQuery({ ...lineage(useTenant().slug, id ?? ''), enabled: id !== null });
export const useIdentitySummary = () => useQuery(identitySummary(useTenant().slug));
