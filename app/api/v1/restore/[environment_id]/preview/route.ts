import { previewRestore } from '@/lib/features/history/restore/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: previewRestore });
