import { unlinkWorkflow } from '@/lib/features/change/lineages/link-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: unlinkWorkflow });
