import { conflict } from '@/lib/core/errors';
import { type ApprovedIndex, readApprovedWorkflows } from '@/lib/features/change/approved-state/service';
import { buildPlan } from '@/lib/features/change/change-plans/build-plan';
import { placeholderOf } from '@/lib/features/change/change-plans/placeholder';
import type { ChangePlan, PlannedWorkflow } from '@/lib/features/change/change-plans/plan';
import { plannedEnvironment } from '@/lib/features/change/change-plans/planned-environment';
import { targetOf } from '@/lib/features/change/change-plans/target';
import type { Connected } from '@/lib/features/connections/environments/service';
import { toDocument } from '@/lib/features/inventory/workflows/document';
import { observe, readRemote } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import { writeWorkflow } from '@/lib/workflow/canonical/document';
import type { Workflow } from '@/lib/workflow/model';
import type { Binding } from '@/lib/workflow/remap/bindings';
import { remapReferences } from '@/lib/workflow/remap/remap';
import { type Expectation, withExpected } from '../drift-detection/expectations';
import { readExpectations } from '../drift-detection/expected-store';
import { differs } from '../drift-detection/model';
import type { Target } from './looking-again';

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

type Documents = ReadonlyMap<string, Workflow>;
type Wanted = { documents: Documents; bindings: readonly Binding[]; expectations: readonly Expectation[] };

/** Null: there is nothing to do with it. */
function plannedOf({ row, entry, remote }: Target, { documents, bindings, expectations }: Wanted) {
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

function expectationsOf(ctx: JobContext, environmentId: string, targets: readonly Target[]) {
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

/** Approved workflows that call one that is made anew. One that differs itself is left to its own resolution. */
async function callersOf(
  ctx: JobContext,
  { provider }: Connected,
  approved: ApprovedIndex,
  { targets, documents, bindings }: Around,
): Promise<PlannedWorkflow[]> {
  const chosen = new Set(targets.map(({ row }) => row.key));
  const planned: PlannedWorkflow[] = [];
  for (const entry of approved.entries) {
    const workflow = documents.get(entry.lineageId);
    if (!workflow || chosen.has(entry.lineageId) || entry.archived || !entry.n8nId) continue;
    const { workflow: rewritten, rewritten: references } = remapReferences(workflow, bindings);
    if (references.length === 0) continue;
    const remote = await provider.getWorkflow(entry.n8nId, { signal: ctx.signal });
    if (!remote || differs(entry, observe(remote).columns)) continue;
    const { lineageId, name } = entry;
    const expected = targetOf(remote);
    planned.push({ key: lineageId, lineageId, name, n8nId: remote.id, expected, desired: desiredOf(rewritten, entry) });
  }
  return planned;
}
