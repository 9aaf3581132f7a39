import { listIncidentWorkflows } from '@/lib/features/drift/incidents/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listIncidentWorkflows });
