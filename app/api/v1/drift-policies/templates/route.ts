import { listDriftPolicyTemplates } from '@/lib/features/drift/drift-policies/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listDriftPolicyTemplates });
