'use server';

import * as operations from '@/lib/features/change/bindings/operations';
import { action } from '@/lib/server/action';

export const createBinding = action(operations.createBinding);
export const updateBinding = action(operations.updateBinding);
export const deleteBinding = action(operations.deleteBinding);
export const reviewBinding = action(operations.reviewBinding);
