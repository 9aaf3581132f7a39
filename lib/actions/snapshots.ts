'use server';

import * as approved from '@/lib/features/history/snapshots/approved-operations';
import * as snapshots from '@/lib/features/history/snapshots/operations';
import { action } from '@/lib/server/action';

export const takeSnapshot = action(snapshots.takeSnapshot);
export const saveApproved = action(approved.saveApproved);
export const refreshApproved = action(approved.refreshApproved);
export const adoptEnvironment = action(approved.adoptEnvironment);
