import { getWorkflow } from '@/lib/features/inventory/workflows/operations';
import { deleteWorkflow, updateWorkflow } from '@/lib/features/inventory/workflows/write-operations';
import { routes } from '@/lib/server/routes';

export const { GET, PUT, DELETE } = routes({ GET: getWorkflow, PUT: updateWorkflow, DELETE: deleteWorkflow });
