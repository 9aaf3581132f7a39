import { conflict } from '@/lib/core/errors';
import { operation } from '@/lib/kernel/operation';
import { assertVersion } from '@/lib/kernel/version';
import { readPolicy } from '../drift-policies/store';
import { getIncidentDetail } from '../incidents/detail-store';
import { AcknowledgeIncident, ExtendIncident, Incident } from '../incidents/schema';
import { target } from '../incidents/sighting';
import { changed, getIncidentRow, note, transition } from '../incidents/store';
import { consumeApproval } from './service';

/** Steps of an incident for which a policy may ask a second person. */
const write = {
  output: Incident,
  status: 200,
  permission: 'incident:write',
  feature: 'drift_incidents',
  effect: 'write',
} as const;

export const acknowledgeIncident = operation({
  ...write,
  name: 'incident.acknowledge',
  versioned: true,
  summary: 'Say that somebody has seen it and takes care',
  input: AcknowledgeIncident,
  audit: 'incident.acknowledged',
  run: (ctx, { id, reason, ticket }) =>
    ctx.tx(async (db) => {
      const before = await getIncidentRow(db, id);
      assertVersion(before, ctx.ifMatch);
      const { actor } = ctx.principal;
      const policy = await readPolicy(db);
      const after = await transition(db, before, 'acknowledged', { ticket });
      await consumeApproval(db, { incident: before, action: 'acknowledge', request: {}, policy, actor });
      await note(db, id, actor, 'acknowledged', { reason, ticket });
      db.audit({ target: target(after), details: { reason, ticket } });
      db.emit(changed(after));
      return getIncidentDetail(db, id, ctx.principal);
    }),
});

export const extendIncident = operation({
  ...write,
  name: 'incident.extend',
  versioned: true,
  summary: 'Give an incident more time',
  description: 'Counts from its due time, or from now where that has passed. An escalation ends with it.',
  input: ExtendIncident,
  audit: 'incident.extended',
  run: (ctx, { id, hours, reason }) =>
    ctx.tx(async (db) => {
      const before = await getIncidentRow(db, id);
      assertVersion(before, ctx.ifMatch);
      const { actor } = ctx.principal;
      const policy = await readPolicy(db);
      await consumeApproval(db, { incident: before, action: 'extend', request: { hours }, policy, actor });
      const dueAt = new Date(Math.max(before.dueAt.getTime(), Date.now()) + hours * 3_600_000);
      const { count } = await db.incident.updateMany({
        where: { id, status: { not: 'closed' }, version: before.version },
        data: { dueAt, expiredAt: null, warnedAt: null, version: { increment: 1 } },
      });
      if (count === 0) throw conflict('The incident was closed or changed at the same moment.', 'incident_moved');
      await note(db, id, actor, 'extended', { hours, reason, dueAt: dueAt.toISOString() });
      db.audit({ target: target(before), details: { hours, reason, dueAt: dueAt.toISOString() } });
      db.emit(changed(before));
      return getIncidentDetail(db, id, ctx.principal);
    }),
});
