import { getSnapshotWorkflow } from '@/lib/features/history/snapshots/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getSnapshotWorkflow });
