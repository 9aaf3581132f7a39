import { checkDrift } from '@/lib/features/drift/drift-detection/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: checkDrift });
