import { cancelBackgroundJob } from '@/lib/features/service/background-jobs/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: cancelBackgroundJob });
