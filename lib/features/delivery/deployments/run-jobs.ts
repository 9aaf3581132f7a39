import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { job } from '@/lib/kernel/jobs/job';
import { runDeployment } from './running';

/** Taken up again after any crash: the journal knows how far it came. */
export const deploymentRun = job({
  name: 'deployment-run',
  input: z.object({ deploymentId: Id }),
  singletonKey: ({ deploymentId }) => deploymentId,
  timeout: 3_600,
  attempts: 20,
  cancellation: 'never',
  run: (ctx, { deploymentId }) => runDeployment(ctx, deploymentId),
});
