import { downloadWorkflows } from '@/lib/features/inventory/workflows/file-operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: downloadWorkflows });
