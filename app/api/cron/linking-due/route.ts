import { linkingDue } from '@/lib/features/change/lineages/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(linkingDue);
