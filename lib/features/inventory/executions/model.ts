import { type ExecutionStatus, EXECUTION_STATUSES as STATUSES } from '@/lib/ports/remote-workflow';

/** How a run ended, or where it stands, as the provider says it. */
export const EXECUTION_STATUSES = STATUSES;

/** Not ended when last seen: asked for again until they are. */
export const OPEN: readonly ExecutionStatus[] = ['running', 'waiting', 'new'];
