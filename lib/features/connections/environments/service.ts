import { blocked, invalidField } from '@/lib/core/errors';
import type { TenantContext } from '@/lib/kernel/context';
import type { Principal } from '@/lib/kernel/principal';
import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { Ports } from '@/lib/ports/ports';
import type { ProbeReport } from '@/lib/ports/provider-probe';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { getProvider } from '../providers/service';
import { type Decision, decide, type GuardedAction, type GuardedEnvironment, roleOf } from './model';
import { statusAfter, versionText } from './observation';
import type { ConnectionProblem } from './schema';
import { type EnvironmentRow, getEnvironmentRow, getSecret, SECRET_KIND } from './store';

/** What opening a connection takes: a tenant's context or a job's. */
export type Connecting = { ports: Ports; tx: TenantContext['tx'] };
export type Connected = { environment: EnvironmentRow; provider: WorkflowProvider };

/** The environment and the way to its instance, with its own key. Nothing is asked of the instance yet. `path`: the field that named it. */
export async function connect(ctx: Connecting, environmentId: string, path?: string): Promise<Connected> {
  const environment = await ctx.tx((db) => getEnvironmentRow(db, environmentId, path));
  const { baseUrl, provider } = environment;
  const apiKey = await openKey(ctx, environment);
  return { environment, provider: getProvider(ctx.ports, provider).connect({ baseUrl, apiKey }) };
}

/** The API key in the clear; it goes to the provider and nowhere else. */
export async function openKey(ctx: Connecting, { secretId }: EnvironmentRow): Promise<string> {
  const secret = await ctx.tx((db) => getSecret(db, secretId));
  return ctx.ports.vault.open(secret, { tenantId: secret.tenantId, kind: SECRET_KIND, id: secretId });
}

export const toGuarded = ({ name, class: tier, forbiddenActions }: EnvironmentRow): GuardedEnvironment => ({
  name,
  class: tier,
  forbidden: forbiddenActions as GuardedAction[],
});

/** Throws `blocked` with the rule and what would allow it, or `invalid` when the reason is what is missing. */
export function assertAllowed(
  principal: Principal,
  environment: EnvironmentRow,
  action: GuardedAction,
  reason?: string,
): Decision {
  const decision = decide(action, toGuarded(environment), roleOf(principal));
  if (!decision.allowed) throw blocked(decision.detail!, decision.rule!, decision.allowedBy!, 'action_not_allowed');
  if (decision.needsReason && !reason) {
    throw invalidField('reason', `Say why: in ${environment.class} this is recorded.`, 'reason_required');
  }
  return decision;
}

/** Notes that the instance answered, or what stood in the way. `since` moves only when the status does. */
export async function recordConnection(
  db: TenantDb,
  environmentId: string,
  seen: { ok: true; report?: ProbeReport } | { ok: false; problem: ConnectionProblem },
): Promise<void> {
  const status = seen.ok ? 'connected' : statusAfter(seen.problem.code);
  const problem = seen.ok ? null : JSON.stringify(seen.problem);
  const rows = await db.$queryRaw<{ moved: boolean }[]>`
    WITH before AS (SELECT id, connection_status FROM environments WHERE id = ${environmentId}::uuid FOR UPDATE)
    UPDATE environments SET connection_status = ${status}, connection_checked_at = now(),
      connection_problem = ${problem}::jsonb,
      connection_since = CASE WHEN before.connection_status = ${status} THEN connection_since ELSE now() END
    FROM before WHERE environments.id = before.id RETURNING before.connection_status <> ${status} AS moved`;
  if (seen.ok && seen.report) {
    await db.environment.update({ where: { id: environmentId }, data: describing(seen.report) });
  }
  if (rows[0]?.moved) {
    const type = seen.ok ? 'environment.connected' : 'environment.disconnected';
    db.emit({ type, subject: environmentId, payload: { environmentId, status } });
  }
}

/** What a probe found, as the row keeps it. */
export const describing = (report: ProbeReport) => ({
  providerVersion: versionText(report.version),
  capabilities: report as object,
  capabilitiesAt: new Date(report.checkedAt),
});

/** Notes how far a refresh came, and when the next one is due: spread, so that tenants do not come all at once. */
export async function recordSync(
  db: TenantDb,
  environmentId: string,
  seen: { syncedAt?: Date; workflowCount?: number; activeWorkflowCount?: number },
): Promise<void> {
  const { syncIntervalSeconds } = await getEnvironmentRow(db, environmentId);
  const spread = 0.9 + Math.random() * 0.2;
  const nextSyncAt = new Date(Date.now() + syncIntervalSeconds * 1000 * spread);
  await db.environment.update({ where: { id: environmentId }, data: { ...seen, nextSyncAt } });
}
