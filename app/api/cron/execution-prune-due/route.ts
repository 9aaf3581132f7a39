import { executionPruneDue } from '@/lib/features/inventory/executions/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(executionPruneDue);
