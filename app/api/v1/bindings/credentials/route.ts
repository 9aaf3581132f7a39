import { getCredentialMatrix } from '@/lib/features/change/bindings/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: getCredentialMatrix });
