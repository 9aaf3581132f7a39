'use server';

import * as decisions from '@/lib/features/delivery/promotions/decision-operations';
import * as operations from '@/lib/features/delivery/promotions/operations';
import { action } from '@/lib/server/action';

export const initiatePromotion = action(operations.initiatePromotion);
export const refreshPromotion = action(operations.refreshPromotion);
export const chooseForPromotion = action(operations.chooseForPromotion);
export const approvePromotion = action(decisions.approvePromotion);
export const rejectPromotion = action(decisions.rejectPromotion);
export const cancelPromotion = action(decisions.cancelPromotion);
