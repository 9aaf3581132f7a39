import { listExecutions } from '@/lib/features/inventory/executions/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listExecutions });
