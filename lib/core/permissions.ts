/**
 * Who may do what, as data. A permission is `noun:verb`; a role is a set of them.
 * `approve` and the class of an environment are decided by the action guard on top of this (connections/environments).
 */
export const ROLES = ['viewer', 'developer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

const VIEWER = [
  'tenant:read',
  'team:read',
  'environment:read',
  'environment-type:read',
  'provider:read',
  'workflow:read',
  'credential:read',
  'tag:read',
  'n8n-user:read',
  'execution:read',
  'job:read',
  'event:read',
  'lineage:read',
  'binding:read',
  'snapshot:read',
  'pipeline:read',
  'promotion:read',
  'deployment:read',
  'incident:read',
  'drift-policy:read',
  'report:read',
] as const;

const DEVELOPER = [
  ...VIEWER,
  'environment:sync',
  'workflow:write',
  'job:cancel',
  'lineage:write',
  'binding:write',
  'snapshot:write',
  'promotion:write',
  'incident:write',
  'drift:check',
  'approved:adopt',
] as const;

const ADMIN = [
  ...DEVELOPER,
  'tenant:write',
  'tenant:export',
  'team:write',
  'api-key:read',
  'api-key:write',
  'environment:write',
  'environment-type:write',
  'workflow:delete',
  'audit:read',
  'pipeline:write',
  'promotion:approve',
  'deployment:rollback',
  'drift-policy:write',
  'drift-approval:decide',
] as const;

/** Held by platform admins only, outside any tenant. */
export const PLATFORM_PERMISSIONS = ['platform:audit', 'platform:tenants', 'platform:users'] as const;

export type TenantPermission = (typeof ADMIN)[number];
export type PlatformPermission = (typeof PLATFORM_PERMISSIONS)[number];
/** `public`: anyone. `authenticated`: a person or a key. `signed-in`: a person with a session, in no particular tenant. */
export type Access = 'public' | 'authenticated' | 'signed-in' | TenantPermission | PlatformPermission;
export type Permission = TenantPermission | PlatformPermission;

export const TENANT_PERMISSIONS: readonly TenantPermission[] = ADMIN;
export const ROLE_PERMISSIONS: Record<Role, readonly TenantPermission[]> = {
  viewer: VIEWER,
  developer: DEVELOPER,
  admin: ADMIN,
};

export const isPlatformPermission = (access: Access): access is PlatformPermission => access.startsWith('platform:');

/** The least role that holds a permission; what a refusal tells people to ask for. */
export function leastRole(permission: TenantPermission): Role {
  return ROLES.find((role) => ROLE_PERMISSIONS[role].includes(permission)) ?? 'admin';
}
