import { z } from 'zod';
import { ById, Id, Prose, Timestamp } from '@/lib/core/schema';
import { RESOLUTIONS } from '../incidents/model';

/**
 * - `revert`: what is approved goes back to the instance. `replace`: the same, where git is what changed.
 * - `keep`: what stands on the instance becomes what is approved.
 * - `accept`: it may differ like this until a date.
 *
 * Workflows: all open ones when none are named. `driftDigest` is the incident's as it was shown: when the drift has
 * moved since, nothing is done.
 */
export const ResolveIncident = z
  .strictObject({
    ...ById.shape,
    resolution: z.enum(RESOLUTIONS),
    reason: Prose(2_000),
    workflowIds: z.array(Id).min(1).max(1_000).optional(),
    expiresAt: Timestamp.optional(),
    driftDigest: z.string().max(64).optional(),
    /** Of `keep`: commit although secrets are written out in some of them. */
    acceptSecrets: z.boolean().optional(),
  })
  .check((ctx) => {
    const { resolution, expiresAt, acceptSecrets } = ctx.value;
    if (acceptSecrets && resolution !== 'keep') {
      const message = 'Only what is kept goes to git.';
      ctx.issues.push({ code: 'custom', path: ['acceptSecrets'], message, input: ctx.value });
    }
    const accepts = resolution === 'accept';
    if (accepts === (expiresAt !== undefined)) return;
    const message = accepts ? 'Say until when it may differ.' : 'Only what is accepted has an end.';
    ctx.issues.push({ code: 'custom', path: ['expiresAt'], message, input: ctx.value });
  });
