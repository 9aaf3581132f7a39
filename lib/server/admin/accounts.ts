import { randomBytes } from 'node:crypto';
import { TENANT_PERMISSIONS } from '@/lib/core/permissions';
import { Email } from '@/lib/core/schema';
import { mintApiKey } from '@/lib/features/identity/api-keys/secret';
import { createTenant } from '@/lib/features/identity/tenants/service';
import { links } from '@/lib/features/identity/users/links';
import { mintOneTimeToken } from '@/lib/features/identity/users/one-time-token';
import { hashPassword } from '@/lib/features/identity/users/password';
import { lockRegistration, registerUser } from '@/lib/features/identity/users/service';
import type { Transaction } from '@/lib/kernel/db/database';
import type { Kernel } from '@/lib/kernel/kernel';
import { type PlatformAccess, platformAccess } from '@/lib/kernel/platform-access';

/** Whoever may run this on the machine may do anything; the audit log still says what was done. */
const asOperator = ({ database }: Kernel): PlatformAccess =>
  platformAccess(database, { actor: { type: 'system', id: null, label: 'admin command' }, requestId: 'admin-command' });

/** A link that sets a new password for `address`, once, within an hour. */
export function resetLink(kernel: Kernel, address: string): Promise<string> {
  const email = Email.parse(address);
  return asOperator(kernel).tx(async (db) => {
    const user = await db.user.findUnique({ where: { email }, select: { id: true } });
    if (!user) throw new Error(`Nobody has the address ${email}.`);
    db.audit({ action: 'password.reset-link-made', target: { type: 'user', id: user.id, label: email } });
    return links.resetPassword(kernel.ports.site.origin, await mintOneTimeToken(db, 'password-reset', user.id));
  });
}

/** Makes `address` a platform admin, with a new account where there is none, and answers a link that sets its password. */
export async function createPlatformAdmin(kernel: Kernel, address: string): Promise<string> {
  const email = Email.parse(address);
  await asOperator(kernel).tx(async (db) => {
    await lockRegistration(db);
    const known = await db.user.findUnique({ where: { email }, select: { id: true } });
    const { id } = known ?? (await registerUser(db, { email, name: email.split('@')[0]! }));
    await db.user.update({ where: { id }, data: { platformAdmin: true } });
    db.audit({ action: 'user.made-platform-admin', target: { type: 'user', id, label: email } });
  });
  return resetLink(kernel, email);
}

export type Demo = { email: string; password: string; apiKey: string; tenantSlug: string; tenantId: string };

const DEMO = { email: 'demo@n8n-ops.example', name: 'Demo Admin', tenant: 'Demo', key: 'Demo' };

/** The demo's organisation and admin, with a new password and a new API key; the key of the run before ends. */
export async function prepareDemo(kernel: Kernel): Promise<Demo> {
  const password = `demo-${randomBytes(12).toString('hex').match(/.{6}/g)!.join('-')}`;
  const passwordHash = await hashPassword(password);
  return asOperator(kernel).tx(async (db) => {
    await lockRegistration(db);
    const known = await db.user.findUnique({ where: { email: DEMO.email }, select: { id: true } });
    const { id: userId } = known ?? (await registerUser(db, { email: DEMO.email, name: DEMO.name }));
    await db.user.update({ where: { id: userId }, data: { passwordHash } });
    const tenant = await demoTenant(db, userId, kernel.ports.site.initialPlan);
    const where = { tenantId: tenant.id, createdBy: userId, name: DEMO.key, revokedAt: null };
    await db.apiKey.updateMany({ where, data: { revokedAt: new Date() } });
    const { key, hash, prefix } = mintApiKey();
    const made = {
      tenantId: tenant.id,
      name: DEMO.key,
      prefix,
      hash,
      scopes: [...TENANT_PERMISSIONS],
      createdBy: userId,
    };
    const { id } = await db.apiKey.create({ data: made });
    db.audit({ action: 'api-key.created', target: { type: 'api-key', id, label: DEMO.key }, tenantId: tenant.id });
    return { email: DEMO.email, password, apiKey: key, tenantSlug: tenant.slug, tenantId: tenant.id };
  });
}

async function demoTenant(db: Transaction, userId: string, planKey: string): Promise<{ id: string; slug: string }> {
  const membership = await db.membership.findFirst({
    where: { userId, role: 'admin', tenant: { status: 'active' } },
    select: { tenant: { select: { id: true, slug: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return membership?.tenant ?? createTenant(db, { name: DEMO.tenant, planKey, adminId: userId });
}
