import { driftDue } from '@/lib/features/drift/drift-detection/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(driftDue);
