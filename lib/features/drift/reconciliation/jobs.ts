import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { job } from '@/lib/kernel/jobs/job';
import { ATTEMPTS, runReconciliation } from './running';

/** Taken up again after any crash: what was written is found again by the journal, and in git. */
export const incidentResolve = job({
  name: 'incident-resolve',
  input: z.object({ reconciliationId: Id }),
  singletonKey: ({ reconciliationId }) => reconciliationId,
  timeout: 3_600,
  attempts: ATTEMPTS,
  cancellation: 'until_started',
  run: (ctx, { reconciliationId }) => runReconciliation(ctx, reconciliationId),
});
