import { uploadWorkflows } from '@/lib/features/inventory/workflows/file-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: uploadWorkflows });
