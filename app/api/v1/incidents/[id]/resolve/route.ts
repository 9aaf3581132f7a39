import { resolveIncident } from '@/lib/features/drift/reconciliation/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: resolveIncident });
