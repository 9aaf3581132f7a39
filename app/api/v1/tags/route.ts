import { listTags } from '@/lib/features/inventory/tags/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: listTags });
