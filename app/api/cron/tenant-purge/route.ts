import { purgeTenants } from '@/lib/features/identity/tenants/jobs';
import { cron } from '@/lib/server/cron';

export const { GET } = cron(purgeTenants);
