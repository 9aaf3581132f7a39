import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { job } from '@/lib/kernel/jobs/job';
import { runRestore } from './running';

/** Taken up again after any crash: the journal knows how far it came. */
export const restoreRun = job({
  name: 'restore-run',
  input: z.object({ restoreId: Id }),
  singletonKey: ({ restoreId }) => restoreId,
  timeout: 3_600,
  attempts: 20,
  cancellation: 'until_started',
  run: (ctx, { restoreId }) => runRestore(ctx, restoreId),
});
