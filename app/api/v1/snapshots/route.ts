import { listSnapshots, takeSnapshot } from '@/lib/features/history/snapshots/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listSnapshots, POST: takeSnapshot });
