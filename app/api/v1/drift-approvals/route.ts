import { listDriftApprovals, requestDriftApproval } from '@/lib/features/drift/drift-approvals/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listDriftApprovals, POST: requestDriftApproval });
