import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { Restore, RestorePage, RestorePreview } from '@/lib/features/history/restore/schema';

/** Kept under runs, so that each step of the journal makes them stale. */
export const restores = (tenant: string, query: Query) =>
  resource<z.infer<typeof RestorePage>>(tenant, 'runs', '/restore/runs', query);

export const restore = (tenant: string, id: string) => resource<Restore>(tenant, 'runs', `/restore/runs/${id}`);

export type Selection = { snapshotId: string; file?: string; removeOthers: boolean };

/** What restoring would write, against what the instance answers now. */
export const restorePreview = (tenant: string, environmentId: string, selection: Selection) =>
  resource<z.infer<typeof RestorePreview>>(tenant, 'snapshots', `/restore/${environmentId}/preview`, selection);

export const useRestore = (id: string) => useQuery(restore(useTenant().slug, id));
