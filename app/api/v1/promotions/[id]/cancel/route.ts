import { cancelPromotion } from '@/lib/features/delivery/promotions/decision-operations';
import { routes } from '@/lib/server/routes';

export const { POST } = routes({ POST: cancelPromotion });
