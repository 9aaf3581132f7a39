import { cancelDriftApproval } from '@/lib/features/drift/drift-approvals/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: cancelDriftApproval });
