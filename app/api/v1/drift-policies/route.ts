import { getDriftPolicy, updateDriftPolicy } from '@/lib/features/drift/drift-policies/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PUT } = routes({ GET: getDriftPolicy, PUT: updateDriftPolicy });
