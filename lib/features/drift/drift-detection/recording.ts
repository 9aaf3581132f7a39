import type { ApprovedIndex } from '@/lib/features/change/approved-state/service';
import { isBeingChanged } from '@/lib/features/change/journal/being-changed';
import { recordDrift } from '@/lib/features/change/lineages/service';
import { recordConnection } from '@/lib/features/connections/environments/service';
import { type EnvironmentRow, getEnvironmentRow } from '@/lib/features/connections/environments/store';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import { readPolicy } from '../drift-policies/store';
import { driftDigest } from '../incidents/model';
import { recordSighting } from '../incidents/service';
import type { Compared, Flag } from './comparing';
import { readHeld } from './expected-store';
import { type CheckTrigger, type HeldUntil, nextCheckIn } from './model';

export type Check = { environmentId: string; trigger: CheckTrigger; actor: Actor; startedAt: Date; durationMs: number };
export type CheckResult = {
  status: 'clean' | 'drifted' | 'no_baseline' | 'postponed';
  checkId: string | null;
  driftedCount: number;
  incidentId: string | null;
};

/**
 * Writes what a check found, with its flags, the environment's axis and its incident, in one transaction. Null, and
 * nothing written, when what it found is no longer the question: the approved state moved, or the instance is being
 * written by us, or a check that began later was there first. Dev is never held to anything: what was open from the
 * time when it was not dev ends there.
 */
export async function recordCheck(
  db: TenantDb,
  check: Check,
  found: { approved: ApprovedIndex | null; compared: Compared; workflowCount: number; writingJob?: string },
): Promise<CheckResult | null> {
  const { environmentId, startedAt, actor } = check;
  const environment = await lockEnvironment(db, environmentId);
  const { approved, compared } = found;
  if (environment.driftCheckedAt && environment.driftCheckedAt > startedAt) return null;
  const standing = await db.approvedEnvironment.findFirst({ where: { environmentId }, select: { commitSha: true } });
  const isDev = environment.class === 'dev';
  if (isDev ? approved : standing?.commitSha !== approved?.commitSha) return null;
  if (await isBeingChanged(db, environmentId, found.writingJob)) return null;
  const policy = await readPolicy(db);
  const drift = compared.flags.filter(
    ({ expected, driftClass }) => !expected && (driftClass !== 'unmanaged' || policy.unmanagedIsDrift),
  );
  const status = approved === null ? 'no_baseline' : drift.length > 0 ? 'drifted' : 'clean';
  const { checkId, moved } = await saveHistory(db, check, { ...found, status, drift });
  await moveAxis(db, environment, check, { status, count: approved && drift.length, moved, policy });
  await recordConnection(db, environmentId, { ok: true });
  const classes = drift.flatMap(({ workflowId, driftClass }) =>
    workflowId ? [[workflowId, driftClass] as const] : [],
  );
  await recordDrift(db, environmentId, new Map(classes));
  const incident =
    approved || isDev
      ? await recordSighting(db, { environment, policy, findings: drift.map(toFinding), at: startedAt, actor })
      : null;
  db.emit({ type: 'drift.checked', subject: environmentId, payload: { environmentId, status, count: drift.length } });
  return { status, checkId, driftedCount: drift.length, incidentId: incident?.id ?? null };
}

const toFinding = ({ expected: _expected, departed: _departed, ...finding }: Flag) => finding;

async function lockEnvironment(db: TenantDb, id: string): Promise<EnvironmentRow> {
  await db.$queryRaw`SELECT 1 FROM environments WHERE id = ${id}::uuid FOR UPDATE`;
  return getEnvironmentRow(db, id);
}

type History = {
  status: string;
  approved: ApprovedIndex | null;
  compared: Compared;
  workflowCount: number;
  drift: readonly Flag[];
};

/** The same flags as last time are not written again: the check points to the one that has them. */
async function saveHistory(db: TenantDb, check: Check, { status, approved, compared, workflowCount, drift }: History) {
  const { flags, comparedCount, unmanagedCount } = compared;
  const digest = driftDigest(
    flags.map(({ expected, fingerprint, ...flag }) => ({
      ...flag,
      fingerprint: `${fingerprint} ${expected?.by ?? ''}`,
    })),
  );
  const before = await db.driftCheck.findFirst({
    where: { environmentId: check.environmentId, status: { not: 'failed' } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    select: { driftDigest: true, flagsOf: true, status: true },
  });
  const same = before?.driftDigest === digest && (before.flagsOf !== null || flags.length === 0);
  const departed = flags.filter((flag) => flag.departed.length > 0).map(({ key }) => key);
  const heldUntil = same ? null : await readHeld(db, check.environmentId, departed);
  const row = await db.driftCheck.create({
    data: {
      ...check,
      status,
      approvedSha: approved?.commitSha,
      workflowCount,
      comparedCount,
      driftedCount: drift.length,
      expectedCount: flags.filter(({ expected }) => expected).length,
      unmanagedCount,
      byClass: countByClass(drift),
      driftDigest: approved && digest,
      flagsOf: same ? before.flagsOf : null,
    },
  });
  if (heldUntil && flags.length > 0) {
    await db.driftFlag.createMany({ data: flags.map((flag) => toColumns(flag, row.id, heldUntil(flag.key))) });
    await db.driftCheck.update({ where: { id: row.id }, data: { flagsOf: row.id } });
  }
  return { checkId: row.id, moved: before !== null && (!same || before.status !== status) };
}

const countByClass = (drift: readonly Flag[]) =>
  Object.fromEntries(
    [...Map.groupBy(drift, ({ driftClass }) => driftClass)].map(([key, those]) => [key, those.length]),
  );

const toColumns = ({ expected, departed, sentences, reasons, ...flag }: Flag, checkId: string, held: HeldUntil) => ({
  ...flag,
  checkId,
  expected: expected ?? undefined,
  heldUntil: Object.fromEntries(departed.map((aspect) => [aspect, held[aspect]])),
  sentences: sentences as object,
  reasons: reasons as object,
});

type Axis = {
  status: string;
  count: number | null;
  moved: boolean;
  policy: { checkIntervalSeconds: number };
};

async function moveAxis(db: TenantDb, before: EnvironmentRow, check: Check, { status, count, moved, policy }: Axis) {
  const driftStatus = status === 'clean' ? 'none' : status;
  const pace = { intervalSeconds: policy.checkIntervalSeconds, durationMs: check.durationMs, failures: 0, moved };
  await db.environment.update({
    where: { id: before.id },
    data: {
      driftStatus,
      driftSince: driftStatus === before.driftStatus ? before.driftSince : check.startedAt,
      driftCheckedAt: check.startedAt,
      driftCount: count,
      driftFailures: 0,
      nextDriftCheckAt: spread(nextCheckIn(pace)),
    },
  });
  if (before.driftProblem) {
    await db.$executeRaw`UPDATE environments SET drift_problem = NULL WHERE id = ${before.id}::uuid`;
  }
}

/** A little earlier or later, so that those that were connected together are not checked together for ever. */
const spread = (seconds: number): Date => new Date(Date.now() + seconds * 1_000 * (0.9 + Math.random() * 0.2));

export type Problem = { code: string; detail: string };

/**
 * A check that failed is history, and moves neither the status nor its age: what was found before still stands. Where
 * one that began later succeeded meanwhile it is no problem of the environment any more.
 */
export async function recordFailure(db: TenantDb, check: Check, problem: Problem): Promise<void> {
  const { environmentId } = check;
  const environment = await lockEnvironment(db, environmentId);
  const { checkIntervalSeconds } = await readPolicy(db);
  const failures = environment.driftFailures + 1;
  const counts = { workflowCount: 0, comparedCount: 0, driftedCount: 0, expectedCount: 0, unmanagedCount: 0 };
  await db.driftCheck.create({ data: { ...check, ...counts, status: 'failed', problem } });
  if (environment.driftCheckedAt && environment.driftCheckedAt > check.startedAt) return;
  const pace = { intervalSeconds: checkIntervalSeconds, durationMs: check.durationMs, failures, moved: false };
  await db.environment.update({
    where: { id: environmentId },
    data: {
      driftFailures: failures,
      driftProblem: { ...problem, at: new Date().toISOString() },
      nextDriftCheckAt: spread(nextCheckIn(pace)),
    },
  });
  db.emit({ type: 'drift.checked', subject: environmentId, payload: { environmentId, status: 'failed' } });
}
