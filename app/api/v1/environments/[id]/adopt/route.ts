import { adoptEnvironment, previewAdoption } from '@/lib/features/history/snapshots/approved-operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: previewAdoption, POST: adoptEnvironment });
