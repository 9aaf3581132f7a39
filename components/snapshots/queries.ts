import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type {
  SnapshotComparison,
  SnapshotDetail,
  SnapshotPage,
  WorkflowComparison,
} from '@/lib/features/history/snapshots/schema';

export const snapshots = (tenant: string, query: Query) =>
  resource<z.infer<typeof SnapshotPage>>(tenant, 'snapshots', '/snapshots', query);

export const snapshot = (tenant: string, id: string) =>
  resource<SnapshotDetail>(tenant, 'snapshots', `/snapshots/${id}`);

export const comparison = (tenant: string, query: { from: string; to: string; layout?: boolean }) =>
  resource<SnapshotComparison>(tenant, 'snapshots', '/snapshots/compare', query);

/** One workflow whole at two moments; named by its lineage where it has one. */
export const comparedWorkflow = (tenant: string, query: Query) =>
  resource<WorkflowComparison>(tenant, 'snapshots', '/snapshots/compare/workflow', query);

export const useSnapshot = (id: string) => useQuery(snapshot(useTenant().slug, id));
