import { driftRetention } from '@/lib/features/drift/drift-reports/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(driftRetention);
