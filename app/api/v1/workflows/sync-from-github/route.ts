import { refreshApproved } from '@/lib/features/history/snapshots/approved-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: refreshApproved });
