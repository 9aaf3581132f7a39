import { getMe, updateMe } from '@/lib/features/identity/users/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PATCH } = routes({ GET: getMe, PATCH: updateMe });
