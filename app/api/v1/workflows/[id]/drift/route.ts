import { getWorkflowDrift } from '@/lib/features/drift/drift-detection/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getWorkflowDrift });
