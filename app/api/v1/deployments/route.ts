import { listDeployments } from '@/lib/features/delivery/deployments/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listDeployments });
