import { createBinding, listBindings } from '@/lib/features/change/bindings/operations';
import { routes } from '@/lib/server/routes';

export const { GET, POST } = routes({ GET: listBindings, POST: createBinding });
