import fc from 'fast-check';
import { expect } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { readApprovedIndex } from '@/lib/features/change/approved-state/store';
import { checkDrift } from '@/lib/features/drift/drift-detection/operations';
import { getIncident, listIncidents } from '@/lib/features/drift/incidents/operations';
import { resolveIncident } from '@/lib/features/drift/reconciliation/operations';
import type { CycleModel, Name } from './cycle-model.fixture';
import { NAMES } from './cycle-model.fixture';
import { type CycleWorld, HAND_EDITS, type HandEditKind } from './cycle-world.fixture';

export type Step = fc.AsyncCommand<CycleModel, CycleWorld>;
type Made = { says: string; when?: (m: CycleModel) => boolean; run: (m: CycleModel, w: CycleWorld) => Promise<void> };

/** One step of a sequence; after it, what stands and what is approved is what the model says. */
export const step = ({ says, when = () => true, run }: Made): Step => ({
  check: (m) => when(m as CycleModel),
  toString: () => says,
  async run(m, w) {
    await run(m, w);
    await agree(m, w);
  },
});

async function agree(m: CycleModel, w: CycleWorld): Promise<void> {
  expect(Object.fromEntries(await w.inProduction()), 'what stands in production').toEqual(Object.fromEntries(m.target));
  const index = await w.kernel.database.asTenant(w.tenant.id, (db) => readApprovedIndex(db as never, w.production.id));
  const entries = index?.entries.map(({ name, n8nId, active }) => [w.nameOf(name), { n8nId, active }]) ?? [];
  const approved = [...m.approved].map(([name, { id, active }]) => [name, { n8nId: id, active }]);
  expect(Object.fromEntries(entries), 'what is approved').toEqual(Object.fromEntries(approved));
}

export async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => expect.unreachable('It was not refused.'),
    (caught: unknown) => caught,
  );
  if (!(error instanceof AppError)) throw error;
  return error.code;
}

const name = fc.constantFrom(...NAMES);

const editSource = name.map((which) =>
  step({
    says: `edit ${which} in dev`,
    when: (m) => m.source.has(which),
    async run(m, w) {
      const text = w.newText(which);
      await w.editSource(which, text);
      m.source.set(which, text);
    },
  }),
);

const deleteSource = fc.constant(
  step({
    says: 'delete Solo in dev',
    when: (m) => m.source.has('Solo'),
    async run(m, w) {
      await w.dev.provider.deleteWorkflow(w.inDev.Solo.n8nId);
      m.source.delete('Solo');
    },
  }),
);

/** Whether somebody could do it in the editor there. */
export function canEdit(m: CycleModel, which: Name, kind: HandEditKind): boolean {
  const copy = m.target.get(which);
  if (!copy || copy.archived) return copy !== undefined && kind === 'delete';
  if (kind === 'draft') return m.line.drafts;
  if (kind === 'archive') return m.line.archives;
  if (kind === 'off') return copy.runs !== null;
  return kind !== 'on' || copy.runs === null;
}

const editByHand = fc.tuple(name, fc.constantFrom(...HAND_EDITS), fc.boolean()).map(([which, kind, isNoticed]) =>
  step({
    says: `by hand: ${kind} of ${which}${isNoticed ? ', and a check' : ''}`,
    when: (m) => canEdit(m, which, kind) && (kind !== 'on' || which !== 'Parent' || canPublishParent(m)),
    async run(m, w) {
      await w.editByHand(m.target.get(which)!, which, kind);
      // What an instance makes of an edit is the instance's business: it is read, and not foretold.
      m.target = await w.inProduction();
      if (isNoticed) await check(m, w);
    },
  }),
);

/** A line that wants callees published first refuses a caller otherwise, also to somebody in the editor. */
export const canPublishParent = (m: CycleModel): boolean =>
  !m.line.calleesFirst || (m.target.get('Child')?.runs ?? null) !== null;

const checkNow = fc.constant(step({ says: 'check', run: check }));

async function check(m: CycleModel, w: CycleWorld): Promise<void> {
  const { jobId } = await (await w.as('developer'))(checkDrift, { id: w.production.id });
  const { status, result } = await w.work(jobId);
  const drift = m.drift();
  const expected = m.hasBaseline ? (drift.size > 0 ? 'drifted' : 'clean') : 'no_baseline';
  expect({ status, result }).toMatchObject({
    status: 'completed',
    result: { status: expected, driftedCount: drift.size },
  });
  await agreeOnIncident(m, w);
}

/** The incident that is open shows exactly what differs, each by its class. */
async function agreeOnIncident(m: CycleModel, w: CycleWorld): Promise<void> {
  const drift = m.drift();
  m.incident = drift.size > 0 ? drift : null;
  const incident = await openIncident(w);
  const open = incident?.affectedWorkflows.filter(({ status }) => status === 'open') ?? [];
  const found = open.map(({ name: title, driftClass }) => [w.nameOf(title), driftClass]);
  const expected = [...drift].map(([which, { driftClass }]) => [which, driftClass]);
  expect(Object.fromEntries(found), 'what the open incident shows').toEqual(Object.fromEntries(expected));
  expect(incident === null, 'whether an incident is open').toBe(drift.size === 0);
}

async function openIncident(w: CycleWorld) {
  const viewer = await w.as('viewer');
  const { items } = await viewer(listIncidents, { environmentId: w.production.id, open: true });
  expect(items.length, 'open incidents of one environment').toBeLessThanOrEqual(1);
  return items[0] ? viewer(getIncident, { id: items[0].id }) : null;
}

const resolve = fc.tuple(fc.constantFrom('revert', 'keep', 'accept', 'replace'), fc.option(name)).map(([how, one]) =>
  step({
    says: `${how} ${one ?? 'all of it'}`,
    when: (m) => m.incident !== null && (!one || m.incident.has(one)) && (how === 'keep' || canRevert(m, one)),
    run: (m, w) => resolveDrift(m, w, how, one ? [one] : [...m.incident!.keys()].sort()),
  }),
);

/** Putting a caller back that its instance would not publish ends in nothing done; that is the journal's model. */
function canRevert(m: CycleModel, one: Name | null): boolean {
  if (!m.line.calleesFirst) return true;
  const names = one ? [one] : [...m.incident!.keys()];
  const child = names.includes('Child') ? m.approved.get('Child')?.active : m.target.get('Child')?.runs != null;
  const parentRuns = names.includes('Parent') ? m.approved.get('Parent')?.active : m.target.get('Parent')?.runs != null;
  return !parentRuns || child === true;
}

async function resolveDrift(m: CycleModel, w: CycleWorld, how: string, names: Name[]): Promise<void> {
  const incident = (await openIncident(w))!;
  const rows = incident.affectedWorkflows.filter(({ name: title }) => names.includes(w.nameOf(title)));
  const asked = {
    ...{ id: incident.id, resolution: how, reason: 'Decided', driftDigest: incident.driftDigest },
    ...(rows.every(({ workflowId }) => workflowId) ? { workflowIds: rows.map(({ workflowId }) => workflowId) } : {}),
    ...(how === 'accept' ? { expiresAt: new Date(Date.now() + 3_600_000).toISOString() } : {}),
  };
  const { jobId } = await (await w.as('admin'))(resolveIncident, asked);
  const { status, error } = await w.work(jobId);
  const refused = refusedFor(m, how, names);
  expect({ status, code: error?.code }, `${how} ${names}`).toEqual(
    refused ? { status: 'failed', code: refused } : { status: 'completed', code: undefined },
  );
  if (!refused) await carryOut(m, w, how, names);
  await agreeOnIncident(m, w);
}

/** A decision holds for what it was made on, or for what is as approved by now; a draft that does not run is nobody's choice. */
function refusedFor(m: CycleModel, how: string, names: readonly Name[]): string | null {
  if (how === 'accept') return null;
  const drift = m.drift();
  const isMoved = (which: Name) => drift.has(which) && drift.get(which)!.print !== m.incident!.get(which)!.print;
  if (names.some(isMoved)) return 'drift_moved';
  const isUnclear = (which: Name) => {
    const now = m.target.get(which);
    return now && !now.archived && now.runs !== null && now.runs !== now.doc;
  };
  return how === 'keep' && names.some(isUnclear) ? 'draft_not_published' : null;
}

async function carryOut(m: CycleModel, w: CycleWorld, how: string, names: readonly Name[]): Promise<void> {
  if (how === 'accept') {
    for (const which of names) m.accepted.set(which, m.incident!.get(which)!.print);
    return;
  }
  if (how === 'keep') {
    for (const which of names) {
      const now = m.target.get(which);
      if (!now || now.archived) m.approved.delete(which);
      else m.approved.set(which, { id: now.id, doc: now.doc, active: now.runs !== null });
    }
    return;
  }
  const writes = m.revert(names);
  const stands = await w.inProduction();
  m.target = m.after(writes, new Map([...stands].map(([which, { id }]) => [which, id])));
  if (writes.every(({ now }) => now)) return;
  for (const { name: which } of writes) {
    const { id, doc, runs } = m.target.get(which)!;
    m.approved.set(which, { id, doc, active: runs !== null });
  }
}

export const DRIFTING = [editSource, editByHand, editByHand, editByHand, checkNow, resolve, resolve, deleteSource];
