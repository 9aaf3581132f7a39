'use server';

import * as operations from '@/lib/features/history/restore/operations';
import { action } from '@/lib/server/action';

export const planRestore = action(operations.planRestore);
export const rollBackWorkflow = action(operations.rollBackWorkflow);
export const executeRestore = action(operations.executeRestore);
