'use server';

import * as operations from '@/lib/features/connections/environment-types/operations';
import { action } from '@/lib/server/action';

export const createEnvironmentType = action(operations.createEnvironmentType);
export const updateEnvironmentType = action(operations.updateEnvironmentType);
export const deleteEnvironmentType = action(operations.deleteEnvironmentType);
export const reorderEnvironmentTypes = action(operations.reorderEnvironmentTypes);
