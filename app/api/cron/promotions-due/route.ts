import { promotionsDue } from '@/lib/features/delivery/deployments/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(promotionsDue);
