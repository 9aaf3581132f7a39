import { z } from 'zod';
import { invalidField } from '@/lib/core/errors';
import { ById } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { assertVersion } from '@/lib/kernel/version';
import { listAffected } from './affected-store';
import { getIncidentDetail } from './detail-store';
import {
  Incident,
  IncidentPage,
  IncidentStats,
  IncidentWorkflowPage,
  ListIncidents,
  ListIncidentWorkflows,
  NoteOnIncident,
  StabilizeIncident,
  UpdateIncident,
} from './schema';
import { target } from './sighting';
import { changed, getIncidentRow, incidentStats, listIncidentRows, lockIncident, note, transition } from './store';

const read = { status: 200, permission: 'incident:read', feature: 'drift_incidents', effect: 'read' } as const;
const write = {
  output: Incident,
  status: 200,
  permission: 'incident:write',
  feature: 'drift_incidents',
  effect: 'write',
} as const;

export const listIncidents = operation({
  ...read,
  name: 'incident.list',
  summary: 'List drift incidents',
  input: ListIncidents,
  output: IncidentPage,
  run: (ctx, query) => ctx.tx((db) => listIncidentRows(db, query)),
});

export const getIncidentStats = operation({
  ...read,
  name: 'incident.stats',
  summary: 'How many incidents there are, by status and severity',
  input: z.object({}),
  output: IncidentStats,
  run: (ctx) => ctx.tx(incidentStats),
});

export const getIncident = operation({
  ...read,
  name: 'incident.get',
  summary: 'Get an incident with its workflows, its timeline, and what may be done',
  input: ById,
  output: Incident,
  run: (ctx, { id }) => ctx.tx((db) => getIncidentDetail(db, id, ctx.principal)),
});

export const listIncidentWorkflows = operation({
  ...read,
  name: 'incident.workflows',
  summary: 'The workflows of an incident, page by page',
  input: ListIncidentWorkflows,
  output: IncidentWorkflowPage,
  run: (ctx, query) => ctx.tx((db) => listAffected(db, query)),
});

export const stabilizeIncident = operation({
  ...write,
  name: 'incident.stabilize',
  versioned: true,
  summary: 'Say that the difference does no more harm, though it is still there',
  input: StabilizeIncident,
  audit: 'incident.stabilized',
  run: (ctx, { id, reason }) =>
    ctx.tx(async (db) => {
      const before = await getIncidentRow(db, id);
      assertVersion(before, ctx.ifMatch);
      const after = await transition(db, before, 'stabilized');
      await note(db, id, ctx.principal.actor, 'stabilized', { reason });
      db.audit({ target: target(after), details: { reason } });
      db.emit(changed(after));
      return getIncidentDetail(db, id, ctx.principal);
    }),
});

export const updateIncident = operation({
  ...write,
  name: 'incident.update',
  summary: 'Change who works on an incident, or its ticket',
  input: UpdateIncident,
  audit: 'incident.updated',
  run: (ctx, { id, ...data }) =>
    ctx.tx(async (db) => {
      const before = await lockIncident(db, id);
      assertVersion(before, ctx.ifMatch);
      if (data.ownerId && !(await db.membership.findFirst({ where: { userId: data.ownerId } }))) {
        throw invalidField('ownerId', 'This is nobody of the organisation.', 'not_a_member');
      }
      const after = await db.incident.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
      await note(db, id, ctx.principal.actor, 'updated', data);
      db.audit({ target: target(after), details: data });
      db.emit(changed(after));
      return getIncidentDetail(db, id, ctx.principal);
    }),
});

export const noteOnIncident = operation({
  ...write,
  name: 'incident.note',
  summary: 'Add a note to the timeline of an incident',
  description: 'Also to one that is closed: what was learned belongs there.',
  input: NoteOnIncident,
  audit: 'incident.noted',
  run: (ctx, { id, text }) =>
    ctx.tx(async (db) => {
      const row = await getIncidentRow(db, id);
      await note(db, id, ctx.principal.actor, 'note', { text });
      db.audit({ target: target(row), details: { text } });
      db.emit(changed(row));
      return getIncidentDetail(db, id, ctx.principal);
    }),
});
