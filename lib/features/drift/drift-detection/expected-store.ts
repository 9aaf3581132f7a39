import type { BindingValue } from '@/lib/features/change/bindings/model';
import type { Actor } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { ParameterOverride } from '@/lib/workflow/remap/overrides';
import { type Accepted, type Finding, isCovered } from '../incidents/model';
import type { Expectation } from './expectations';
import type { Aspect, Expected, HeldUntil } from './model';

/** One workflow that differs: `approvedAt` is since when it should be as approved. */
export type Differing = { key: string; lineageId: string | null; workflowId: string | null; approvedAt: Date };

/**
 * What was declared about these workflows of an environment, or done to them through us with a reason, by key. A
 * binding counts once somebody looked at it: else whoever declares one would silence what they did.
 */
export async function readExpectations(
  db: TenantDb,
  environmentId: string,
  differing: readonly Differing[],
  now: Date,
): Promise<Map<string, Expectation[]>> {
  const lineageIds = differing.flatMap(({ lineageId }) => lineageId ?? []);
  const bindings = await db.binding.findMany({
    where: {
      environmentId,
      reviewedAt: { not: null },
      AND: [
        { OR: [{ lineageId: null }, { lineageId: { in: lineageIds } }] },
        { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      ],
    },
  });
  const heldUntil = await readHeld(
    db,
    environmentId,
    differing.map(({ key }) => key),
  );
  const actions = await readActions(db, differing, heldUntil);
  return new Map(
    differing.map(({ key, lineageId, workflowId }) => {
      const declared = inForce(bindings, lineageId);
      return [key, [...declared.flatMap(toExpectation), ...(actions.get(workflowId ?? '') ?? [])]];
    }),
  );
}

/** A workflow's own before everybody's, as a promotion takes them. */
function inForce<T extends BindingRow>(bindings: readonly T[], lineageId: string | null): T[] {
  const own = bindings.filter((one) => one.lineageId !== null && one.lineageId === lineageId);
  const said = new Set(own.map(({ kind, requirement }) => `${kind} ${requirement}`));
  const general = bindings.filter((one) => one.lineageId === null && !said.has(`${one.kind} ${one.requirement}`));
  return [...own, ...general];
}

type BindingRow = {
  lineageId: string | null;
  kind: string;
  requirement: string;
  value: unknown;
  owner: string;
  reason: string;
  expiresAt: Date | null;
};

function toExpectation({ kind, requirement, value, owner, reason, expiresAt }: BindingRow): Expectation[] {
  const because: Expected = { by: 'binding', reason, who: owner, until: expiresAt?.toISOString() ?? null };
  const bound = value as BindingValue;
  if (kind === 'parameter') return [{ kind, override: bound as ParameterOverride, because }];
  if (!('n8nId' in bound)) return [];
  if (kind === 'credential') {
    const credentialType = requirement.slice(0, requirement.indexOf(':'));
    return [{ kind, credentialType, n8nId: bound.n8nId, because }];
  }
  return kind === 'workflow' ? [{ kind, n8nId: bound.n8nId, because }] : [];
}

const SWITCHED = ['workflow.activated', 'workflow.deactivated'];
const TAGGED = 'workflow.tagged';
type Recorded = { after?: { active?: boolean; tags?: string[] }; reason?: string; expectedChange?: boolean };

type Held = (key: string) => HeldUntil;

/**
 * By key, until when the checks so far found each aspect as approved: a workflow without a flag was as approved, and a
 * flag carries on what was known when it departed.
 */
export async function readHeld(db: TenantDb, environmentId: string, keys: readonly string[]): Promise<Held> {
  const newest = await db.driftCheck.findFirst({
    where: { environmentId, status: { in: ['clean', 'drifted'] } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    select: { startedAt: true, flagsOf: true },
  });
  const flags = newest?.flagsOf
    ? await db.driftFlag.findMany({
        where: { checkId: newest.flagsOf, key: { in: [...keys] } },
        select: { key: true, heldUntil: true },
      })
    : [];
  const at = newest?.startedAt.toISOString() ?? null;
  const unknown: HeldUntil = { active: null, tags: null };
  const flagged = new Map(flags.map(({ key, heldUntil }) => [key, (heldUntil ?? unknown) as Partial<HeldUntil>]));
  return (key) => ({ active: at, tags: at, ...flagged.get(key) });
}

/**
 * The newest switch and the newest tagging of each, as the audit log has them, since it was approved and since a check
 * last found that as approved: what comes after is not what somebody gave that reason for.
 */
async function readActions(
  db: TenantDb,
  differing: readonly Differing[],
  heldUntil: Held,
): Promise<Map<string, Expectation[]>> {
  const since = new Map(
    differing.flatMap(({ key, workflowId, approvedAt }) => {
      const held = heldUntil(key);
      const from = (aspect: Aspect) => Math.max(approvedAt.getTime(), Date.parse(held[aspect] ?? '') || 0);
      return workflowId ? [[workflowId, { active: from('active'), tags: from('tags') }] as const] : [];
    }),
  );
  if (since.size === 0) return new Map();
  const earliest = new Date(Math.min(...[...since.values()].flatMap(({ active, tags }) => [active, tags])));
  const actions = { action: { in: [...SWITCHED, TAGGED] }, outcome: 'succeeded' as const, at: { gt: earliest } };
  const rows = await db.auditEvent.findMany({
    where: { targetId: { in: [...since.keys()] }, ...actions },
    select: { targetId: true, action: true, at: true, actorType: true, actorLabel: true, details: true },
    orderBy: { seq: 'desc' },
  });
  const found = new Map<string, Expectation[]>();
  for (const { targetId, action, at, actorLabel, details } of rows) {
    const { after, reason, expectedChange } = details as Recorded;
    const kind = action === TAGGED ? 'tags' : 'active';
    if (!expectedChange || at.getTime() <= since.get(targetId!)![kind]) continue;
    const mine = found.get(targetId!) ?? [];
    found.set(targetId!, mine);
    const because: Expected = { by: 'action', reason: reason ?? '', who: actorLabel, until: null };
    if (mine.some((one) => one.kind === kind)) continue;
    if (kind === 'tags' && after?.tags) mine.push({ kind, tags: after.tags, because });
    if (kind === 'active' && after?.active !== undefined) mine.push({ kind, active: after.active, because });
  }
  return found;
}

/** Answers for a finding that was accepted as it is, and whose acceptance has not run out; null for any other. */
export async function readAccepted(
  db: TenantDb,
  environmentId: string,
  now: Date,
): Promise<(finding: Finding) => Expected | null> {
  const rows = await db.acceptedDrift.findMany({ where: { environmentId, expiresAt: { gt: now } } });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return (finding) => {
    const row = byKey.get(finding.key);
    if (!row || row.fingerprint !== finding.fingerprint) return null;
    if (!isCovered(row.residue as Accepted, finding)) return null;
    const { reason, actor, expiresAt } = row;
    return { by: 'accepted', reason, who: (actor as Actor).label, until: expiresAt.toISOString() };
  };
}
