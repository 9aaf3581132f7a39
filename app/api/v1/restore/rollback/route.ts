import { rollBackWorkflow } from '@/lib/features/history/restore/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: rollBackWorkflow });
