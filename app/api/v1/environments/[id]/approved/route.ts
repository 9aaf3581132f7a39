import { getApproved } from '@/lib/features/history/snapshots/approved-operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getApproved });
