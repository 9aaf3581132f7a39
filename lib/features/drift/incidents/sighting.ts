import type { EnvironmentClass } from '@/lib/features/connections/environments/model';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { dueAt, gravest, type Policy, type Severity } from '../drift-policies/model';
import { combine, driftDigest, type Finding, type Outcome, residueOf, titleOf } from './model';
import { tell } from './notice-jobs';
import { changed, type IncidentRow, lockOpenIncident, note, runningReconciliation, transition } from './store';

/** What one check found to be drift in one environment: everything that differs now, and is not expected. */
export type Sighting = {
  environment: { id: string; name: string; class: EnvironmentClass };
  policy: Policy;
  findings: readonly Finding[];
  at: Date;
  actor: Actor;
};

/**
 * Keeps the one open incident of an environment true to what was found: opens it where the policy says so, takes in
 * what came, changed and went, opens it again when a resolution did not hold, and closes it when nothing is left.
 * While a resolution runs it is left alone: the check that ends it decides. Null: there is no incident.
 */
export async function recordSighting(db: TenantDb, sighting: Sighting): Promise<IncidentRow | null> {
  const { environment, policy, findings } = sighting;
  const incident = await lockOpenIncident(db, environment.id);
  if (!incident) {
    const opens = findings.length > 0 && (policy.incidentsIn as string[]).includes(environment.class);
    return opens ? open(db, sighting) : null;
  }
  if (await runningReconciliation(db, incident.id)) return incident;
  return findings.length === 0 ? close(db, incident, sighting) : update(db, incident, sighting);
}

const columns = ({ sentences, reasons, ...finding }: Finding) => ({
  ...finding,
  sentences: sentences as object,
  reasons: reasons as object,
});

async function open(db: TenantDb, { environment, policy, findings, at, actor }: Sighting): Promise<IncidentRow> {
  const severity = gravest(findings.map((one) => one.severity));
  const incident = await db.incident.create({
    data: {
      environmentId: environment.id,
      severity,
      title: titleOf(findings, environment.name),
      driftDigest: driftDigest(findings),
      dueAt: dueAt(policy, severity, at),
      detectedAt: at,
      lastSeenAt: at,
    },
  });
  const incidentId = incident.id;
  await db.incidentWorkflow.createMany({
    data: findings.map((finding) => ({ ...columns(finding), incidentId, detectedAt: at })),
  });
  await note(db, incidentId, actor, 'detected', { severity, workflows: named(findings) });
  if (policy.notifyOnDetection) await tell(db, incident, 'detected');
  db.audit({ action: 'incident.opened', target: target(incident), details: { severity, workflows: findings.length } });
  db.emit(changed(incident));
  return incident;
}

async function close(db: TenantDb, incident: IncidentRow, { actor, at }: Sighting): Promise<IncidentRow> {
  const before = incident.resolution as Outcome | null;
  const gone = await db.incidentWorkflow.updateManyAndReturn({
    where: { incidentId: incident.id, status: 'open' },
    data: { status: 'gone', settledAt: at },
    select: { name: true },
  });
  const resolution = gone.length > 0 || !before ? combine(before, 'undone') : before;
  const closed = await transition(db, incident, 'closed', { resolution });
  await note(db, incident.id, actor, 'closed', { resolution, gone: named(gone) });
  db.audit({ action: 'incident.closed', target: target(incident), details: { resolution } });
  db.emit(changed(closed));
  return closed;
}

async function update(db: TenantDb, incident: IncidentRow, sighting: Sighting): Promise<IncidentRow> {
  const { environment, policy, findings, at, actor } = sighting;
  const moved = await takeIn(db, incident.id, findings, at);
  const severity = gravest(findings.map((one) => one.severity));
  if (Object.values(moved).every((names) => names.length === 0)) {
    return db.incident.update({ where: { id: incident.id }, data: { lastSeenAt: at } });
  }
  const standing = incident.status === 'reconciled' ? await transition(db, incident, 'detected') : incident;
  if (standing !== incident) await note(db, incident.id, actor, 'reopened');
  // Counted from now on: what nobody could know of yet is not overdue.
  const sooner = dueAt(policy, severity, at);
  const after = await db.incident.update({
    where: { id: incident.id },
    data: {
      severity,
      title: titleOf(findings, environment.name),
      driftDigest: driftDigest(findings),
      lastSeenAt: at,
      // Worse drift is due sooner; less grave drift does not win time.
      ...(rose(incident, severity) && sooner < incident.dueAt ? { dueAt: sooner, warnedAt: null } : {}),
      version: { increment: 1 },
    },
  });
  await note(db, incident.id, actor, 'drift_changed', { severity, ...moved });
  db.emit(changed(after));
  return after;
}

const rose = (incident: IncidentRow, severity: Severity) =>
  gravest([incident.severity as Severity, severity]) !== incident.severity;

/** Brings the incident's workflows up to what was found; answers the names of those that moved, by how. */
async function takeIn(db: TenantDb, incidentId: string, findings: readonly Finding[], at: Date) {
  const rows = await db.incidentWorkflow.findMany({
    where: { incidentId },
    select: { id: true, key: true, name: true, status: true, fingerprint: true, classes: true, sentences: true },
  });
  const known = new Map(rows.map((row) => [row.key, row]));
  const found = new Set(findings.map(({ key }) => key));
  const added = findings.filter(({ key }) => !known.has(key));
  const back = findings.filter(({ key }) => known.get(key) && known.get(key)!.status !== 'open');
  const edited = findings.filter((finding) => {
    const row = known.get(finding.key);
    return row?.status === 'open' && residueOf(row) !== residueOf(finding);
  });
  const gone = rows.filter(({ key, status }) => status === 'open' && !found.has(key));
  await db.incidentWorkflow.createMany({ data: added.map((one) => ({ ...columns(one), incidentId, detectedAt: at })) });
  for (const finding of [...back, ...edited]) {
    const data = { ...columns(finding), status: 'open', settledAt: null };
    await db.incidentWorkflow.update({ where: { id: known.get(finding.key)!.id }, data });
  }
  const ids = gone.map(({ id }) => id);
  await db.incidentWorkflow.updateMany({ where: { id: { in: ids } }, data: { status: 'gone', settledAt: at } });
  return { added: named(added), edited: named(edited), back: named(back), gone: named(gone) };
}

/** The timeline names so many; the incident has them all. */
const NAMED = 20;
const named = (those: readonly { name: string }[]): string[] => {
  const names = those.slice(0, NAMED).map(({ name }) => name);
  return those.length > NAMED ? [...names, `and ${those.length - NAMED} more`] : names;
};

export const target = ({ id, title }: Pick<IncidentRow, 'id' | 'title'>) => ({ type: 'incident', id, label: title });
