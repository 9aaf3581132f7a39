import { pruneDriftHistory } from '@/lib/features/drift/drift-reports/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: pruneDriftHistory });
