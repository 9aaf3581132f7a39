import { EXECUTION_STATUSES as STATUSES } from '@/lib/ports/remote-workflow';

/** How a run ended, or where it stands, as the provider says it. */
export const EXECUTION_STATUSES = STATUSES;
