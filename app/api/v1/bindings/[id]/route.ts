import { deleteBinding, getBinding, updateBinding } from '@/lib/features/change/bindings/operations';
import { routes } from '@/lib/server/routes';

export const { GET, PATCH, DELETE } = routes({ GET: getBinding, PATCH: updateBinding, DELETE: deleteBinding });
