import { pruneSessions } from '@/lib/features/identity/sessions/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(pruneSessions);
