import { getIncident, updateIncident } from '@/lib/features/drift/incidents/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PATCH } = routes({ GET: getIncident, PATCH: updateIncident });
