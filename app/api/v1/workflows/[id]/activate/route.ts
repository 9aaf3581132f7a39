import { activateWorkflow } from '@/lib/features/inventory/workflows/write-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: activateWorkflow });
