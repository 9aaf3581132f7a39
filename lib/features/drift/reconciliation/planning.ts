import { conflict } from '@/lib/core/errors';
import {
  type ApprovedEntry,
  type ApprovedIndex,
  readApprovedWorkflows,
} from '@/lib/features/change/approved-state/service';
import { buildPlan } from '@/lib/features/change/change-plans/build-plan';
import { placeholderOf } from '@/lib/features/change/change-plans/placeholder';
import type { ChangePlan, PlannedWorkflow } from '@/lib/features/change/change-plans/plan';
import { plannedEnvironment } from '@/lib/features/change/change-plans/planned-environment';
import { targetOf } from '@/lib/features/change/change-plans/target';
import type { Connected } from '@/lib/features/connections/environments/service';
import { toDocument } from '@/lib/features/inventory/workflows/document';
import { observe, readRemote } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import type { Workflow } from '@/lib/workflow/model';
import type { Binding } from '@/lib/workflow/remap/bindings';
import { remapReferences } from '@/lib/workflow/remap/remap';
import { classify } from '../drift-detection/classify';
import { type Expectation, withExpected } from '../drift-detection/expectations';
import { readExpectations } from '../drift-detection/expected-store';
import { differs } from '../drift-detection/model';
import { pairUp, readSeen } from '../drift-detection/pairing';
import { readingsOf, type Target } from './looking-again';
import type { TargetRow } from './store';

/**
 * The writes that bring what is approved back. What was deleted is made anew, under another id: approved workflows that
 * call it are rewritten to call the new one. What nobody approved is archived. What somebody declared to differ, or did
 * with a reason, stays as it is: it is no drift.
 */
export async function planRevert(
  ctx: JobContext,
  connected: Connected,
  approved: ApprovedIndex,
  targets: readonly Target[],
): Promise<ChangePlan> {
  const { environment } = connected;
  const made = targets.filter(({ entry, remote }) => entry && !entry.archived && !remote);
  const wanted = made.length > 0 ? undefined : targets.flatMap(({ entry }) => entry?.lineageId ?? []);
  const documents = await readApprovedWorkflows(ctx, environment.id, wanted);
  const bindings = made.flatMap(({ entry }): Binding[] =>
    entry!.n8nId ? [{ kind: 'workflow', from: { id: entry!.n8nId }, to: { id: placeholderOf(entry!.lineageId) } }] : [],
  );
  const expected = await expectationsOf(ctx, environment.id, targets);
  const chosen = targets.flatMap((target) => {
    const expectations = expected.get(target.row.key) ?? [];
    return plannedOf(target, { documents, bindings, expectations }) ?? [];
  });
  const callers = made.length > 0 ? await callersOf(ctx, connected, approved, { targets, documents, bindings }) : [];
  return buildPlan({
    kind: 'revert',
    environment: await plannedEnvironment(connected, ctx.signal),
    workflows: [...chosen, ...callers],
  });
}

/** What planning asks of a target: a caller has no row in the incident. */
type Planned = Pick<Target, 'entry' | 'remote'> & { row: Pick<TargetRow, 'key' | 'name' | 'workflowId'> };
type Documents = ReadonlyMap<string, Workflow>;
type Wanted = { documents: Documents; bindings: readonly Binding[]; expectations: readonly Expectation[] };

/** Null: there is nothing to do with it. */
function plannedOf({ row, entry, remote }: Planned, { documents, bindings, expectations }: Wanted) {
  const base = { key: row.key, name: row.name, n8nId: remote?.id ?? null, expected: remote && targetOf(remote) };
  if (!entry || entry.archived) {
    return remote && !remote.archived ? { ...base, lineageId: entry?.lineageId ?? null, desired: null } : null;
  }
  const approved = documents.get(entry.lineageId);
  if (!approved) {
    throw conflict(`What git holds for ${entry.name} cannot be read: it cannot be put back.`, 'approved_unreadable');
  }
  const standing = remote && readRemote(remote).workflow;
  const wanted = standing ? withExpected(approved, standing, expectations) : approved;
  const { active, tags } = wanted;
  const desired = desiredOf(remapReferences(wanted, bindings).workflow, { name: entry.name, active, tags: [...tags] });
  return { ...base, lineageId: entry.lineageId, desired };
}

function expectationsOf(ctx: JobContext, environmentId: string, targets: readonly Planned[]) {
  const differing = targets.flatMap(({ row: { key, workflowId }, entry }) =>
    entry ? [{ key, lineageId: entry.lineageId, workflowId, approvedAt: entry.approvedAt }] : [],
  );
  return ctx.tx((db) => readExpectations(db, environmentId, differing, new Date()));
}

const desiredOf = (workflow: Workflow, { name, active, tags }: { name: string; active: boolean; tags: string[] }) => ({
  document: toDocument(writeWorkflow(workflow), name),
  active,
  tags: [...tags],
});

type Around = { targets: readonly Target[]; documents: Documents; bindings: readonly Binding[] };

/** Approved workflows that call one that is made anew. One that drifts itself is left to its own resolution. */
async function callersOf(
  ctx: JobContext,
  { environment, provider }: Connected,
  approved: ApprovedIndex,
  { targets, documents, bindings }: Around,
): Promise<PlannedWorkflow[]> {
  const chosen = new Set(targets.flatMap(({ row, remote }) => [row.key, remote?.id]));
  const calls = (workflow: Workflow) => remapReferences(workflow, bindings).rewritten.length > 0;
  const callers: Caller[] = [];
  const { pairs } = pairUp(approved.entries, await ctx.tx((db) => readSeen(db, environment.id)));
  for (const { entry, seen } of pairs) {
    const document = documents.get(entry.lineageId);
    if (!document || !seen || entry.archived || !calls(document)) continue;
    if (chosen.has(entry.lineageId) || chosen.has(seen.n8nId)) continue;
    const remote = await provider.getWorkflow(seen.n8nId, { signal: ctx.signal });
    const row = { key: entry.lineageId, name: entry.name, workflowId: seen.id };
    if (remote) callers.push({ row, entry, remote, document });
  }
  const expected = await expectationsOf(ctx, environment.id, callers);
  return callers.flatMap((caller) => {
    const expectations = expected.get(caller.row.key) ?? [];
    return isDrift(caller, expectations) ? [] : (plannedOf(caller, { documents, bindings, expectations }) ?? []);
  });
}

type Caller = Planned & { entry: ApprovedEntry; remote: RemoteWorkflow; document: Workflow };

/** Whether it differs in anything that nobody declared. */
const isDrift = ({ entry, remote, document }: Caller, expectations: readonly Expectation[]): boolean =>
  readingsOf(remote).every((reading) => {
    const { columns } = observe(reading);
    if (!differs(entry, columns)) return false;
    const { workflow } = readRemote(reading);
    const found =
      workflow && classify({ target: entry, workflow: document }, { target: columns, workflow }, expectations);
    return !workflow || (found !== null && !found.expected);
  });
