import { exportDriftCompliance } from '@/lib/features/drift/drift-reports/compliance-operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: exportDriftCompliance });
