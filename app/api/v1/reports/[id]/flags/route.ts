import { listDriftReportFlags } from '@/lib/features/drift/drift-reports/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listDriftReportFlags });
