'use server';

import * as checks from '@/lib/features/connections/environments/check-operations';
import * as operations from '@/lib/features/connections/environments/operations';
import { action } from '@/lib/server/action';

export const createEnvironment = action(operations.createEnvironment);
export const updateEnvironment = action(operations.updateEnvironment);
export const deleteEnvironment = action(operations.deleteEnvironment);
export const testConnection = action(checks.testConnection);
export const testGitConnection = action(checks.testGitConnection);
export const probeEnvironment = action(checks.probeEnvironment);
