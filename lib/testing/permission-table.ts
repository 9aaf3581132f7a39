import { type Access, isPlatformPermission, ROLE_PERMISSIONS, type Role } from '@/lib/core/permissions';
import { startSession } from '@/lib/features/identity/sessions/service';
import type { Kernel } from '@/lib/kernel/kernel';
import { newApiKey, type TestTenant } from './house';
import { anonymous, type Caller, withKey, withSession } from './requests';

export type CallerName = 'anonymous' | Role | 'foreign admin' | 'key without scope' | 'platform admin';

/** What the permission table answers before anything is looked up: a refusal's code, or `admitted`. */
export function verdictFor(access: Access, caller: CallerName): string {
  if (access === 'public') return 'admitted';
  if (caller === 'anonymous') return 'unauthenticated';
  if (access === 'authenticated') return 'admitted';
  if (access === 'signed-in') return caller === 'key without scope' ? 'needs_session' : 'admitted';
  if (isPlatformPermission(access)) return caller === 'platform admin' ? 'admitted' : 'platform_admin_only';
  if (caller === 'key without scope') return 'missing_scope';
  if (caller === 'foreign admin' || caller === 'platform admin') return 'no_tenant';
  return ROLE_PERMISSIONS[caller as Role].includes(access) ? 'admitted' : 'missing_role';
}

export const REFUSALS = new Set([
  'unauthenticated',
  'needs_session',
  'platform_admin_only',
  'missing_scope',
  'missing_role',
  'no_tenant',
]);

/** One caller of each kind, all of them asking for `ours`. */
export async function callersOf(kernel: Kernel, ours: TestTenant, theirs: TestTenant): Promise<Caller[]> {
  const { key, session } = await kernel.database.asPlatform(async (db) => {
    const email = `platform@${ours.slug}.test`;
    const { id: userId } = await db.user.create({ data: { email, name: 'Platform admin', platformAdmin: true } });
    return {
      key: await newApiKey(db, ours.id, ours.people.admin.id, []),
      session: await startSession(db, { userId, method: 'test', ip: null, userAgent: null }),
    };
  });
  const inRole = (role: Role) => withSession(role, ours.people[role].sessionToken, ours.slug);
  return [
    anonymous,
    inRole('viewer'),
    inRole('developer'),
    inRole('admin'),
    withSession('foreign admin', theirs.people.admin.sessionToken, ours.slug),
    withKey('key without scope', key),
    withSession('platform admin', session, ours.slug),
  ];
}
