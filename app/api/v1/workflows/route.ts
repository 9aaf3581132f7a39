import { listWorkflows } from '@/lib/features/inventory/workflows/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listWorkflows });
