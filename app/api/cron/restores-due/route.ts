import { restoresDue } from '@/lib/features/history/restore/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(restoresDue);
