import { listBackgroundJobs } from '@/lib/features/service/background-jobs/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listBackgroundJobs });
