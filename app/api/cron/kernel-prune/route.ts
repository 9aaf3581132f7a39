import { pruneKernel } from '@/lib/features/service/background-jobs/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(pruneKernel);
