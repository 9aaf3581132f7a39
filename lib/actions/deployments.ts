'use server';

import * as operations from '@/lib/features/delivery/deployments/operations';
import { action } from '@/lib/server/action';

export const executePromotion = action(operations.executePromotion);
export const stopDeployment = action(operations.stopDeployment);
export const rollBackDeployment = action(operations.rollBackDeployment);
