import { acknowledgeIncident } from '@/lib/features/drift/drift-approvals/incident-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: acknowledgeIncident });
