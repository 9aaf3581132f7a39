import { setWorkflowTags } from '@/lib/features/inventory/workflows/write-operations';
import { routes } from '@/lib/server/routes';

export const { PUT } = routes({ PUT: setWorkflowTags });
