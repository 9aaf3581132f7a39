import { runsDue } from '@/lib/features/change/journal/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(runsDue);
