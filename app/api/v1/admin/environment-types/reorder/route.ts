import { reorderEnvironmentTypes } from '@/lib/features/connections/environment-types/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: reorderEnvironmentTypes });
