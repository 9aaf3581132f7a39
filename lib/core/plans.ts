/**
 * The vocabulary of entitlements and the table the database is seeded with.
 * The database is the truth afterwards: platform admins edit it, tenants may have overrides.
 */
// biome-ignore format: one tier a line
export const FEATURES = [
  'workflow_snapshots', 'environment_basic', 'workflow_read', 'workflow_push', 'snapshots_enabled', 'observability_basic', 'rbac_basic',
  'github_sync', 'scheduled_backups', 'deployments', 'observability', 'audit_logs', 'api_access', 'priority_support',
  'environment_health', 'environment_diff', 'workflow_dirty_check', 'workflow_ci_cd',
  'snapshots_auto', 'snapshots_export', 'observability_alerts', 'observability_logs',
  'workflow_ci_cd_approval', 'drift_incidents', 'rbac_advanced', 'audit_export',
  'agency_enabled', 'agency_client_management', 'agency_whitelabel', 'custom_branding',
  'sso', 'data_residency', 'observability_alerts_advanced',
] as const;
export type Feature = (typeof FEATURES)[number];

// biome-ignore format: one line
export const LIMITS = [
  'environments', 'team_members', 'workflows', 'workflows_per_environment', 'snapshot_history', 'log_retention_days', 'agency_clients',
] as const;
export type Limit = (typeof LIMITS)[number];
/** `null` is unlimited. */
export type Limits = Record<Limit, number | null>;

export type Plan = { key: string; name: string; rank: number; features: readonly Feature[]; limits: Limits };

const upTo = (last: Feature): readonly Feature[] => FEATURES.slice(0, FEATURES.indexOf(last) + 1);
const limits = (...values: (number | null)[]): Limits =>
  Object.fromEntries(LIMITS.map((limit, index) => [limit, values[index] ?? null])) as Limits;

export const SELF_HOSTED = 'self-hosted';

// biome-ignore format: one plan a line
export const SEED_PLANS: readonly Plan[] = [
  { key: 'free', name: 'Free', rank: 10, features: upTo('rbac_basic'), limits: limits(1, 3, 10, 50, 5, 7, 0) },
  { key: 'pro', name: 'Pro', rank: 20, features: upTo('observability_logs'), limits: limits(3, 25, 200, 500, 30, 30, 0) },
  { key: 'agency', name: 'Agency', rank: 30, features: upTo('custom_branding'), limits: limits(null, 100, 1000, 1000, 90, 90, 25) },
  { key: 'enterprise', name: 'Enterprise', rank: 40, features: FEATURES, limits: limits(null, null, 5000, null, 365, 365, 100) },
  { key: SELF_HOSTED, name: 'Self-hosted', rank: 100, features: FEATURES, limits: limits() },
];
