'use server';

import * as operations from '@/lib/features/service/background-jobs/operations';
import { action } from '@/lib/server/action';

export const cancelBackgroundJob = action(operations.cancelBackgroundJob);
