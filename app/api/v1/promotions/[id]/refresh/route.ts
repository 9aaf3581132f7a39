import { refreshPromotion } from '@/lib/features/delivery/promotions/operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: refreshPromotion });
