'use server';

import * as operations from '@/lib/features/delivery/pipelines/operations';
import { action } from '@/lib/server/action';

export const createPipeline = action(operations.createPipeline);
export const updatePipeline = action(operations.updatePipeline);
export const deletePipeline = action(operations.deletePipeline);
export const resumeStage = action(operations.resumeStage);
