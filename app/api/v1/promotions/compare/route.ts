import { comparePromotion } from '@/lib/features/delivery/promotions/operations';
import { routes } from '@/lib/server/routes';

export const { GET } = routes({ GET: comparePromotion });
