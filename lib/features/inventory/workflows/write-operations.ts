import { invalidField } from '@/lib/core/errors';
import type { TenantContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import { ProviderError } from '@/lib/ports/provider-error';
import type { WriteOutcome } from '@/lib/ports/workflow-provider';
import { markMissing } from './cache';
import { toDocument } from './document';
import { DeleteWorkflow, SetWorkflowTags, SwitchWorkflow, UpdateWorkflow, WorkflowWrite } from './schema';
import { getWorkflowRow, toWorkflow } from './store';
import { attempt, changed, openTarget, recorded, settle, type Target, tagIdsOf } from './writing';

const write = { output: WorkflowWrite, status: 200, permission: 'workflow:write', feature: 'workflow_push' } as const;
const APPLIED = { status: 'applied' as const, omitted: [] as string[], detail: null };

export const activateWorkflow = operation({
  ...write,
  name: 'workflow.activate',
  summary: 'Switch a workflow on: its draft goes live',
  input: SwitchWorkflow,
  versioned: true,
  effect: 'external',
  audit: 'workflow.activated',
  async run(ctx, { id, reason }) {
    const target = await openTarget(ctx, id, 'activate', reason);
    const { provider, row } = target;
    const outcome = await attempt(ctx, target, () => provider.publishWorkflow(row.n8nId, { signal: ctx.signal }));
    const pending = outcome.triggers === 'pending' ? 'n8n registers its triggers in the background.' : null;
    return { ...APPLIED, workflow: await settle(ctx, target, outcome.workflow), detail: pending };
  },
});

export const deactivateWorkflow = operation({
  ...write,
  name: 'workflow.deactivate',
  summary: 'Switch a workflow off',
  input: SwitchWorkflow,
  versioned: true,
  effect: 'external',
  audit: 'workflow.deactivated',
  async run(ctx, { id, reason }) {
    const target = await openTarget(ctx, id, 'deactivate', reason);
    const { provider, row } = target;
    const outcome = await attempt(ctx, target, () => provider.unpublishWorkflow(row.n8nId, { signal: ctx.signal }));
    return { ...APPLIED, workflow: await settle(ctx, target, outcome.workflow) };
  },
});

export const setWorkflowTags = operation({
  ...write,
  name: 'workflow.setTags',
  summary: 'Replace the tags of a workflow',
  input: SetWorkflowTags,
  effect: 'external',
  audit: 'workflow.tagged',
  async run(ctx, { id, tags, reason }) {
    const target = await openTarget(ctx, id, 'tag', reason);
    const tagIds = await tagIdsOf(ctx, target, tags);
    const { provider, row } = target;
    await attempt(ctx, target, () => provider.setWorkflowTags(row.n8nId, tagIds, { signal: ctx.signal }));
    return { ...APPLIED, workflow: await settle(ctx, target, await readBack(ctx, target)) };
  },
});

export const updateWorkflow = operation({
  ...write,
  name: 'workflow.update',
  summary: 'Save another name or draft to the instance',
  description: 'Refused when the workflow moved on the instance since it was last seen here.',
  input: UpdateWorkflow,
  bodyLimit: 'workflow',
  effect: 'external',
  audit: 'workflow.updated',
  async run(ctx, { id, name, workflow, reason }) {
    const target = await openTarget(ctx, id, 'edit', reason);
    const { provider, row } = target;
    const outcome = await attempt(ctx, target, async () => {
      const before = await readBack(ctx, target);
      assertAsSeen(target, before);
      const draft = workflow ? toDocument(workflow, before.document.name) : before.document;
      const document = { ...draft, name: name ?? draft.name };
      return provider.updateWorkflow(row.n8nId, document, { expected: before, signal: ctx.signal });
    });
    const { omitted, status } = outcome;
    const settled = await settle(ctx, target, outcome.workflow, { status, omitted });
    return { status, workflow: settled, omitted, detail: detailOf(outcome) };
  },
});

export const deleteWorkflow = operation({
  ...write,
  name: 'workflow.delete',
  summary: 'Archive a workflow, or delete it for good by its typed name',
  input: DeleteWorkflow,
  versioned: true,
  effect: 'external',
  audit: 'workflow.deleted',
  async run(ctx, { id, hard, confirmName, reason }) {
    const target = await openTarget(ctx, id, hard ? 'delete' : 'archive', reason);
    const { provider, row, environment } = target;
    if (!hard) {
      const archived = await attempt(ctx, target, () => provider.archiveWorkflow(row.n8nId, { signal: ctx.signal }));
      return { ...APPLIED, workflow: await settle(ctx, target, archived) };
    }
    if (confirmName !== row.name) {
      throw invalidField('confirmName', `Type the name of the workflow, ${row.name}: this cannot be undone.`);
    }
    await attempt(ctx, target, () => provider.deleteWorkflow(row.n8nId, { signal: ctx.signal }));
    return ctx.tx(async (db) => {
      await markMissing(db, [id]);
      const details = { ...recorded(environment, reason), hard, n8nId: row.n8nId };
      db.audit({ target: { type: 'workflow', id, label: row.name }, details });
      db.emit(changed(row));
      return { ...APPLIED, workflow: toWorkflow(await getWorkflowRow(db, id)) };
    });
  },
});

async function readBack(ctx: TenantContext, { provider, row }: Target) {
  const now = await provider.getWorkflow(row.n8nId, { signal: ctx.signal });
  if (!now) throw new ProviderError('not_found', 'The workflow does not exist on the instance.');
  return now;
}

/** Who writes over a workflow has seen what stands there now. */
function assertAsSeen({ row }: Target, now: { versionId: string | null; updatedAt: string }): void {
  const same = now.versionId === row.n8nVersionId && Date.parse(now.updatedAt) === row.n8nUpdatedAt?.getTime();
  if (!same)
    throw new ProviderError('conflict', 'The workflow was changed on the instance since it was last seen here.');
}

const WORDS: Record<WriteOutcome['status'], string | null> = {
  applied: null,
  saved_only: 'The draft is saved; what ran before still runs.',
  unpublished: 'The draft is saved, and the workflow is off now: it could not be published.',
  published_broken: 'The draft is saved and marked live, but n8n could not start it.',
};

function detailOf({ status, problem, residual }: WriteOutcome): string | null {
  const kept = residual.length > 0 ? `n8n keeps these settings: ${residual.join(', ')}.` : null;
  return [WORDS[status], problem?.detail, kept].filter(Boolean).join(' ') || null;
}
