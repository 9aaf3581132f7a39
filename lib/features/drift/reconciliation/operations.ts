import { conflict, invalidField } from '@/lib/core/errors';
import { assertAllowed } from '@/lib/features/connections/environments/service';
import { getEnvironmentRow } from '@/lib/features/connections/environments/store';
import { JobReceipt } from '@/lib/features/service/background-jobs/schema';
import { operation } from '@/lib/kernel/operation';
import { assertVersion } from '@/lib/kernel/version';
import { consumeApproval } from '../drift-approvals/service';
import { readPolicy } from '../drift-policies/store';
import { GUARD_OF } from '../incidents/actions';
import { target } from '../incidents/sighting';
import { changed, getIncidentRow } from '../incidents/store';
import { beginReconciliation } from './beginning';
import { incidentResolve } from './jobs';
import { ResolveIncident } from './schema';

export const resolveIncident = operation({
  name: 'incident.resolve',
  versioned: true,
  summary: 'Revert, keep, replace or accept what differs',
  description:
    'Done by a job, which looks again first: where the drift moved since, nothing is done. The same request again answers the same job.',
  input: ResolveIncident,
  output: JobReceipt,
  status: 202,
  permission: 'incident:write',
  feature: 'drift_incidents',
  effect: 'write',
  audit: 'incident.resolution-requested',
  run: (ctx, { id, reason, driftDigest, ...request }) =>
    ctx.tx(async (db) => {
      const { actor } = ctx.principal;
      const incident = await getIncidentRow(db, id);
      assertVersion(incident, ctx.ifMatch);
      const environment = await getEnvironmentRow(db, incident.environmentId);
      assertAllowed(ctx.principal, environment, GUARD_OF[request.resolution], reason);
      if (request.expiresAt && Date.parse(request.expiresAt) <= Date.now()) {
        throw invalidField('expiresAt', 'This has passed already.');
      }
      if (driftDigest && driftDigest !== incident.driftDigest) {
        throw conflict('The drift is another one than you decided on. Look again.', 'drift_moved');
      }
      const begun = await beginReconciliation(db, { incident, request, reason, actor });
      if (begun.receipt) return begun.receipt;
      const policy = await readPolicy(db);
      if (!begun.goesOn) await consumeApproval(db, { incident, action: 'resolve', request, policy, actor });
      const options = { environmentId: environment.id, resource: { type: 'incident', id } };
      const receipt = await db.enqueue(incidentResolve, { reconciliationId: begun.id }, options);
      await db.reconciliation.update({ where: { id: begun.id }, data: { jobId: receipt.jobId } });
      db.audit({ target: target(incident), details: { ...request, reason, reconciliationId: begun.id } });
      db.emit(changed(incident));
      return receipt;
    }),
});
