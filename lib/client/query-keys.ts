import type { LiveEvent } from './live-stream';

/** The nouns that queries are kept under. A key is `[tenant, noun, …]`. */
export type Noun =
  | 'api-keys'
  | 'audit'
  | 'credentials'
  | 'environments'
  | 'environment-types'
  | 'executions'
  | 'jobs'
  | 'me'
  | 'n8n-users'
  | 'sessions'
  | 'tags'
  | 'team'
  | 'tenants'
  | 'workflows';

/** `[tenant, noun, …rest]`: everything of a noun is stale together when an event says so. */
export const queryKey = (tenant: string, noun: Noun, ...rest: unknown[]) => [tenant, noun, ...rest] as const;

const INVENTORY: Noun[] = ['environments', 'workflows', 'credentials', 'tags', 'n8n-users', 'executions'];

const TOUCHED: Record<string, Noun[]> = {
  'job.created': ['jobs'],
  'job.updated': ['jobs'],
  'environment.changed': ['environments'],
  'environment.synced': INVENTORY,
  'environment-type.changed': ['environment-types', 'audit'],
  'workflow.changed': ['workflows', 'environments'],
  'team.changed': ['team', 'audit'],
  'tenant.changed': ['tenants', 'audit'],
  'api-key.changed': ['api-keys', 'audit'],
};

/** Which keys an event makes stale; after a `reset` all of the tenant's. */
export function keysTouchedBy(tenant: string, event: LiveEvent): (readonly unknown[])[] {
  if (event.type === 'reset') return [[tenant]];
  return (TOUCHED[event.type] ?? []).map((noun) => queryKey(tenant, noun));
}
