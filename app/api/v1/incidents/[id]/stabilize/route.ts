import { stabilizeIncident } from '@/lib/features/drift/incidents/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: stabilizeIncident });
