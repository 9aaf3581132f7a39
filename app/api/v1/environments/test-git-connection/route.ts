import { testGitConnection } from '@/lib/features/connections/environments/check-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: testGitConnection });
