import { AppError, blocked, conflict, invalid, invalidField, notFound } from '@/lib/core/errors';
import type { GuardedAction } from '@/lib/features/connections/environments/model';
import { assertAllowed, connect } from '@/lib/features/connections/environments/service';
import type { EnvironmentRow } from '@/lib/features/connections/environments/store';
import type { TenantContext } from '@/lib/kernel/context';
import { assertVersion } from '@/lib/kernel/version';
import { ProviderError } from '@/lib/ports/provider-error';
import type { RemoteWorkflow } from '@/lib/ports/remote-workflow';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { markMissing, saveWorkflows } from './cache';
import { observe } from './observe';
import type { Workflow } from './schema';
import { findWorkflowRow, getWorkflowRow, toWorkflow, type WorkflowRow } from './store';

/** A workflow that is about to be written, and the way to its instance. */
export type Target = { row: WorkflowRow; environment: EnvironmentRow; provider: WorkflowProvider; reason?: string };

/** Looks the workflow up, asks the guard, and opens the connection. Nothing has been asked of the instance yet. */
export async function openTarget(
  ctx: TenantContext,
  id: string,
  action: GuardedAction,
  reason?: string,
): Promise<Target> {
  const row = await ctx.tx((db) => getWorkflowRow(db, id));
  const { environment, provider } = await connect(ctx, row.environmentId);
  assertAllowed(ctx.principal, environment, action, reason);
  assertVersion(row, ctx.ifMatch);
  if (row.presence === 'missing') throw conflict(`${row.name} is gone from ${environment.name}.`, 'workflow_missing');
  return { row, environment, provider, reason };
}

/**
 * Runs one write. What the instance refuses is told in the words of the product, and the cache learns what the
 * refusal showed: that the workflow moved, or that it is gone.
 */
export async function attempt<T>(ctx: TenantContext, target: Target, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.failure === 'conflict' || error.failure === 'not_found') await lookAgain(ctx, target);
    throw explain(error, target.environment.name);
  }
}

async function lookAgain(ctx: TenantContext, { row, provider }: Target): Promise<void> {
  const now = await provider.getWorkflow(row.n8nId, { signal: ctx.signal }).catch(() => undefined);
  if (now === undefined) return;
  await ctx.tx(async (db) => {
    if (now) await saveWorkflows(db, row.environmentId, [observe(now)]);
    else await markMissing(db, [row.id]);
    db.emit(changed(row));
  });
}

/** A refusal that the caller can do something about is not a failure of the other system. */
export function explain(error: ProviderError, environment: string): AppError {
  switch (error.failure) {
    case 'content_rejected':
      return invalid(error.message, [{ path: 'workflow', message: error.message }], { code: 'content_rejected' });
    case 'conflict':
      return new AppError('conflict', `${error.message} Nothing was written.`, {
        code: 'changed_on_instance',
        cause: error,
      });
    case 'not_found':
      return notFound('workflow on the instance');
    case 'unsupported':
    case 'not_licensed':
      return blocked(error.message, 'instance_cannot', `A version or licence of ${environment} that can.`);
    default:
      return error;
  }
}

/** Takes what was read back into the cache and records what was done. */
export function settle(
  ctx: TenantContext,
  { row, environment, reason }: Target,
  remote: RemoteWorkflow,
  details: Record<string, unknown> = {},
): Promise<Workflow> {
  return ctx.tx(async (db) => {
    await saveWorkflows(db, row.environmentId, [observe(remote)]);
    const after = await findWorkflowRow(db, row.environmentId, remote.id);
    db.audit({
      target: { type: 'workflow', id: after.id, label: after.name },
      details: { ...recorded(environment, reason), before: stateOf(row), after: stateOf(after), ...details },
    });
    db.emit(changed(after));
    return toWorkflow(after);
  });
}

/** Where it happened and why. Outside of dev this is what makes a later difference an expected one. */
export const recorded = (environment: EnvironmentRow, reason?: string) => ({
  environmentId: environment.id,
  environment: environment.name,
  class: environment.class,
  ...(reason ? { reason } : {}),
  ...(environment.class === 'dev' ? {} : { expectedChange: true }),
});

const stateOf = ({ active, archived, tags, logicDigest }: WorkflowRow) => ({ active, archived, tags, logicDigest });

export const changed = ({ id, environmentId }: { id: string; environmentId: string }) => ({
  type: 'workflow.changed',
  subject: id,
  payload: { environmentId, workflowIds: [id] },
});

/** n8n sets tags by id; people name them. Throws `invalid` naming what the instance does not have. */
export async function tagIdsOf(ctx: TenantContext, { provider }: Target, names: readonly string[]): Promise<string[]> {
  const known = new Map((await provider.listTags({ signal: ctx.signal })).map((tag) => [tag.name, tag.id]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw invalidField('tags', `The instance has no tag ${unknown.join(', ')}. Make it in n8n first.`, 'unknown_tag');
  }
  return [...new Set(names.map((name) => known.get(name)!))];
}
