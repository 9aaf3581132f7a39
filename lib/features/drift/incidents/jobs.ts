import { z } from 'zod';
import { job } from '@/lib/kernel/jobs/job';
import { escalateIncidents } from './service';

/** Says which incidents are due soon, and escalates those that are overdue. */
export const incidentEscalate = job({
  name: 'incident-escalate',
  input: z.object({}),
  singletonKey: () => 'tenant',
  timeout: 120,
  attempts: 3,
  run: (ctx) => ctx.tx((db) => escalateIncidents(db, ctx.actor, new Date())),
});
