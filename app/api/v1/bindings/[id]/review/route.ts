import { reviewBinding } from '@/lib/features/change/bindings/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: reviewBinding });
