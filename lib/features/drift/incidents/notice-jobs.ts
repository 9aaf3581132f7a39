import { z } from 'zod';
import { Id } from '@/lib/core/schema';
import { job } from '@/lib/kernel/jobs/job';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Severity } from '../drift-policies/model';
import { incidentMail, NOTICES, type Notice } from './mails';
import { getIncidentRow, type IncidentRow } from './store';

/** Mails a notice to whoever answers for an incident, to each once. Nothing where no mail is set up, or it is closed. */
export const incidentNotify = job({
  name: 'incident-notify',
  input: z.object({ incidentId: Id, notice: z.enum(NOTICES) }),
  singletonKey: ({ incidentId, notice }) => `${incidentId} ${notice}`,
  timeout: 300,
  attempts: 5,
  async run(ctx, { incidentId, notice }) {
    const { mailer, site } = ctx.ports;
    if (!mailer) return { mailed: 0 };
    const { incident, slug, recipients } = await ctx.tx(async (db) => {
      const row = await getIncidentRow(db, incidentId);
      const tenant = await db.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId }, select: { slug: true } });
      return { incident: row, slug: tenant.slug, recipients: row.status === 'closed' ? [] : await whoIsTold(db, row) };
    });
    const { title, dueAt } = incident;
    const severity = incident.severity as Severity;
    const link = `${site.origin}/t/${slug}/incidents/${incidentId}`;
    const told = new Set((ctx.checkpoint as string[] | null) ?? []);
    let failure: unknown = null;
    for (const { userId, email } of recipients.filter((one) => !told.has(one.userId))) {
      ctx.signal.throwIfAborted();
      const mail = incidentMail(email, notice, { title, severity, dueAt, link, origin: site.origin });
      const error = await mailer.send(mail).then(
        () => null,
        (reason: unknown) => reason,
      );
      // One address that is refused keeps nobody else from hearing of it.
      failure ??= error;
      if (!error) await ctx.saveCheckpoint([...told.add(userId)]);
    }
    if (failure) throw failure;
    return { mailed: told.size };
  },
});

/** The owner; the admins where there is none, or none any more. */
async function whoIsTold(db: TenantDb, { ownerId }: IncidentRow) {
  const find = (where: { userId: string } | { role: 'admin' }) =>
    db.membership.findMany({ where, select: { userId: true, user: { select: { email: true } } } });
  const owner = ownerId ? await find({ userId: ownerId }) : [];
  const rows = owner.length > 0 ? owner : await find({ role: 'admin' });
  return rows.map(({ userId, user: { email } }) => ({ userId, email }));
}

/** Tells browsers at once, and people by mail once this has committed. */
export async function tell(db: TenantDb, incident: IncidentRow, notice: Notice): Promise<void> {
  const { id: incidentId, environmentId, severity } = incident;
  db.emit({ type: `incident.${notice}`, subject: incidentId, payload: { environmentId, incidentId, severity } });
  const shown = { environmentId, resource: { type: 'incident', id: incidentId } };
  await db.enqueue(incidentNotify, { incidentId, notice }, shown);
}
