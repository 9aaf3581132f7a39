import { stopDeployment } from '@/lib/features/delivery/deployments/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: stopDeployment });
