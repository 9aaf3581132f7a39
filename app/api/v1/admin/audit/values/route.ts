import { listAuditValues } from '@/lib/features/identity/audit-log/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listAuditValues });
