import { syncDue } from '@/lib/features/inventory/sync/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(syncDue);
