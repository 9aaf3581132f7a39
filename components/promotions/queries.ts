import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTenant } from '@/components/shell/tenant';
import type { Query } from '@/lib/client/api';
import { resource } from '@/lib/client/resource';
import type { Promotion, PromotionDiff, PromotionPage } from '@/lib/features/delivery/promotions/schema';
import { AWAITING_APPROVAL } from './list-settings';

export const promotions = (tenant: string, query: Query) =>
  resource<z.infer<typeof PromotionPage>>(tenant, 'promotions', '/promotions', query);

export const promotion = (tenant: string, id: string) => resource<Promotion>(tenant, 'promotions', `/promotions/${id}`);

/** Both sides of one workflow, as the plan has them. */
export const promotionDiff = (tenant: string, id: string, lineageId: string) =>
  resource<z.infer<typeof PromotionDiff>>(tenant, 'promotions', `/promotions/${id}/workflows/${lineageId}`);

export const usePromotion = (id: string) => useQuery(promotion(useTenant().slug, id));
export const useAwaitingApproval = () => useQuery(promotions(useTenant().slug, AWAITING_APPROVAL)).data?.total;
