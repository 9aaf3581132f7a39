import type { LiveEvent } from './live-stream';

/** The nouns that queries are kept under. A key is `[tenant, noun, …]`. */
export type Noun =
  | 'api-keys'
  | 'approved'
  | 'audit'
  | 'bindings'
  | 'credentials'
  | 'deployments'
  | 'drift'
  | 'drift-policies'
  | 'environments'
  | 'environment-types'
  | 'executions'
  | 'incidents'
  | 'jobs'
  | 'lineages'
  | 'me'
  | 'n8n-users'
  | 'pipelines'
  | 'promotions'
  | 'runs'
  | 'sessions'
  | 'snapshots'
  | 'tags'
  | 'team'
  | 'tenants'
  | 'workflows';

/** `[tenant, noun, …rest]`: everything of a noun is stale together when an event says so. */
export const queryKey = (tenant: string, noun: Noun, ...rest: unknown[]) => [tenant, noun, ...rest] as const;

const INVENTORY: Noun[] = ['environments', 'workflows', 'credentials', 'tags', 'n8n-users', 'executions', 'lineages'];

/** What each event makes stale; the stream listens for exactly these. */
export const TOUCHED: Readonly<Record<string, readonly Noun[]>> = {
  'job.created': ['jobs'],
  'job.updated': ['jobs'],
  'environment.changed': ['environments'],
  'environment.synced': INVENTORY,
  'environment-type.changed': ['environment-types', 'audit'],
  'workflow.changed': ['workflows', 'environments', 'lineages'],
  'lineage.changed': ['lineages'],
  'binding.changed': ['bindings', 'lineages'],
  'approved.changed': ['approved', 'environments', 'lineages'],
  'drift.checked': ['drift', 'environments', 'incidents', 'lineages', 'workflows'],
  'drift-policy.changed': ['drift-policies', 'incidents'],
  'incident.detected': ['incidents'],
  'incident.warned': ['incidents'],
  'incident.expired': ['incidents'],
  'incident.changed': ['incidents', 'drift', 'lineages', 'workflows'],
  'snapshot.created': ['snapshots'],
  'restore.planned': ['runs'],
  'restore.started': ['runs'],
  'restore.finished': ['runs', 'snapshots', 'workflows', 'lineages'],
  'run.updated': ['runs', 'deployments', 'incidents'],
  'pipeline.changed': ['pipelines', 'promotions'],
  'promotion.changed': ['promotions', 'pipelines'],
  'deployment.changed': ['deployments', 'promotions', 'pipelines'],
  'deployment.finished': ['deployments', 'promotions', 'pipelines', 'lineages', 'workflows', 'snapshots'],
  'team.changed': ['team', 'audit'],
  'tenant.changed': ['tenants', 'audit'],
  'api-key.changed': ['api-keys', 'audit'],
};

/** Which keys an event makes stale; after a `reset` all of the tenant's. */
export function keysTouchedBy(tenant: string, event: LiveEvent): (readonly unknown[])[] {
  if (event.type === 'reset') return [[tenant]];
  return (TOUCHED[event.type] ?? []).map((noun) => queryKey(tenant, noun));
}
