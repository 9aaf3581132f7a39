import { closeTenant } from '@/lib/features/identity/tenants/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: closeTenant });
