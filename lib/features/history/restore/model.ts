/** `running` is the job's; the rest mirrors the run of the plan. `failed`: nothing was written. */
export const RESTORE_STATUSES = [
  'planned',
  'running',
  'completed',
  'failed',
  'rolled_back',
  'needs_attention',
] as const;
export type RestoreStatus = (typeof RESTORE_STATUSES)[number];

export const isOver = (status: string): boolean => status !== 'planned' && status !== 'running';

/**
 * Whether what was restored is what the environment should run from now on. Dev's approved state is only the last save;
 * elsewhere a restore is a decision about it. One that has none gets none by this: that is what adopting is for.
 */
export const movesApprovedState = (tier: 'dev' | 'staging' | 'production'): boolean => tier !== 'dev';
