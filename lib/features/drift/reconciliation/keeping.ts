import { blocked } from '@/lib/core/errors';
import type { ApprovedWorkflow } from '@/lib/features/change/approved-state/model';
import { approveWorkflows, movedSince } from '@/lib/features/change/approved-state/service';
import { ensureLineages } from '@/lib/features/change/lineages/service';
import type { EnvironmentRow } from '@/lib/features/connections/environments/store';
import { versionFor } from '@/lib/features/history/snapshots/model';
import { secretsFound, secretsOf } from '@/lib/features/history/snapshots/secrets';
import { recordSnapshot } from '@/lib/features/history/snapshots/service';
import { readRemote } from '@/lib/features/inventory/workflows/observe';
import type { JobContext } from '@/lib/kernel/jobs/job-context';
import { logicDigest } from '@/lib/workflow/digest/digest';
import type { Workflow } from '@/lib/workflow/model';
import { lineageOf, type Target } from './looking-again';
import { driftMoved, type Ended, type ReconciliationRow } from './store';

type Keeping = { environment: EnvironmentRow; targets: readonly Target[] };

/**
 * What stands on the instance becomes what is approved, in one commit by the person who decided it. What is gone or
 * archived there is not approved any more. Nothing is written to the instance. Throws `blocked` for secrets that are
 * written out, unless whoever decided accepted them: they would stay in git; `conflict` where something else was approved
 * meanwhile.
 */
export async function keepHotfix(
  ctx: JobContext,
  { reason, acceptSecrets }: ReconciliationRow,
  { environment, targets }: Keeping,
): Promise<Ended> {
  const standing = targets.filter(({ remote }) => remote && !remote.archived);
  const kept = standing.map((target) => ({ target, workflow: versionToKeep(target, environment) }));
  const secrets = kept.flatMap(({ target, workflow }) => secretsOf({ n8nId: target.remote!.id, workflow }));
  if (secrets.length > 0 && !acceptSecrets) throw secretsFound(secrets, 'keep');
  const removed = targets.flatMap(({ entry, remote }) =>
    entry && (!remote || remote.archived) ? entry.lineageId : [],
  );
  const workflows = await withLineages(ctx, kept);
  const decidedOn = targets.flatMap(({ entry }) => entry ?? []);
  const { sha } = await approveWorkflows(ctx, {
    environmentId: environment.id,
    workflows,
    removed,
    scope: 'these',
    async confirm(base) {
      const moved = await movedSince(ctx, base, decidedOn);
      if (moved.length > 0) throw driftMoved(moved.map(({ name }) => name));
    },
    message: `${subjectOf(targets)} in ${environment.name}\n\n${reason}`,
  });
  await recordSnapshot(ctx, { environmentId: environment.id, kind: 'kept', commitSha: sha });
  return { status: 'completed', commitSha: sha };
}

const subjectOf = (targets: readonly Target[]): string =>
  targets.length === 1 ? `Keep ${targets[0]!.row.name} as it is` : `Keep ${targets.length} workflows as they are`;

function versionToKeep({ row, remote }: Target, environment: EnvironmentRow): Workflow {
  const { workflow } = readRemote(remote!);
  if (!workflow) {
    throw blocked(`${row.name} cannot be read as a workflow.`, 'unreadable', 'Repair it in n8n, or revert it.');
  }
  const counting = versionFor(environment.class, workflow);
  if (counting !== workflow && logicDigest(counting) !== logicDigest(workflow)) {
    throw blocked(
      `${row.name} has a draft that does not run: which of the two is meant, nobody can tell.`,
      'draft_not_published',
      'Publish the draft in n8n to keep it, or revert.',
    );
  }
  return workflow;
}

type Kept = { target: Target; workflow: Workflow };

/** Each with its lineage; one that nobody approved yet begins one. */
async function withLineages(ctx: JobContext, kept: readonly Kept[]): Promise<ApprovedWorkflow[]> {
  const strangers = kept.flatMap(({ target: { entry, row } }) => (entry ? [] : (row.workflowId ?? [])));
  const begun = await ctx.tx((db) => ensureLineages(db, strangers, ctx.actor, 'saved'));
  return kept.flatMap(({ target: { entry, row, remote }, workflow }): ApprovedWorkflow[] => {
    const lineage = entry ? lineageOf(entry) : begun.get(row.workflowId ?? '');
    return lineage ? [{ lineage, n8nId: remote!.id, workflow }] : [];
  });
}
