import { AppError } from '@/lib/core/errors';

/** Refuses a write that was decided on an older version than what stands now; without If-Match nothing is compared. */
export function assertVersion(current: { version: number }, ifMatch: number | null): void {
  if (ifMatch === null || current.version === ifMatch) return;
  throw new AppError('conflict', 'Somebody changed this since you read it. Nothing was written; look again.', {
    code: 'version_mismatch',
    status: 412,
  });
}
