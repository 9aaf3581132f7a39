'use server';

import * as operations from '@/lib/features/inventory/workflows/write-operations';
import { action } from '@/lib/server/action';

export const activateWorkflow = action(operations.activateWorkflow);
export const deactivateWorkflow = action(operations.deactivateWorkflow);
export const setWorkflowTags = action(operations.setWorkflowTags);
export const deleteWorkflow = action(operations.deleteWorkflow);
