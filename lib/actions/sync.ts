'use server';

import * as operations from '@/lib/features/inventory/sync/operations';
import { action } from '@/lib/server/action';

export const syncEnvironment = action(operations.syncEnvironment);
export const syncUsers = action(operations.syncUsers);
export const syncExecutions = action(operations.syncExecutions);
export const syncTags = action(operations.syncTags);
