'use server';

import * as operations from '@/lib/features/identity/api-keys/operations';
import { action } from '@/lib/server/action';

export const createApiKey = action(operations.createApiKey);
export const revokeApiKey = action(operations.revokeApiKey);
