import { forbidden, invalidField } from '@/lib/core/errors';
import { download } from '@/lib/core/files';
import { ById, Nothing } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { assertVersion } from '@/lib/kernel/version';
import { exportTenantData } from './export';
import { closesAt } from './model';
import { CloseTenant, ListTenants, Tenant, TenantPage, UpdateTenant } from './schema';
import { keepAnAdmin } from './service';
import { getTenantRow, listTenantsOf, toTenant } from './store';

const CHANGED = { type: 'tenant.changed' };

export const listTenants = operation({
  name: 'tenant.list',
  summary: 'The organisations of whoever asks',
  input: ListTenants,
  output: TenantPage,
  status: 200,
  permission: 'authenticated',
  effect: 'read',
  run: ({ platform, principal: { user, tenant } }, query) =>
    platform.tx((db) => listTenantsOf(db, user ? { userId: user.id } : { tenantId: tenant!.id }, query)),
});

export const getTenant = operation({
  name: 'tenant.get',
  summary: 'The organisation',
  input: ById,
  output: Tenant,
  status: 200,
  permission: 'tenant:read',
  effect: 'read',
  run: (ctx, { id }) => ctx.tx(async (db) => toTenant(await getTenantRow(db, id), ctx.principal.role ?? null)),
});

export const updateTenant = operation({
  name: 'tenant.update',
  summary: 'Rename the organisation; its address in URLs stays',
  input: UpdateTenant,
  output: Tenant,
  status: 200,
  permission: 'tenant:write',
  effect: 'write',
  audit: 'tenant.updated',
  run: (ctx, { id, name }) =>
    ctx.tx(async (db) => {
      const before = await getTenantRow(db, id);
      assertVersion(before, ctx.ifMatch);
      const row = await db.tenant.update({ where: { id }, data: { name, version: { increment: 1 } } });
      db.audit({ target: { type: 'tenant', id, label: name }, details: { from: before.name } });
      db.emit(CHANGED);
      return toTenant(row, ctx.principal.role ?? null);
    }),
});

export const leaveTenant = operation({
  name: 'tenant.leave',
  summary: 'Leave the organisation',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'tenant:read',
  effect: 'write',
  audit: 'team.left',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      await getTenantRow(db, id);
      const { user } = ctx.principal;
      if (!user) throw forbidden('A person leaves, not a program.', 'person_needed');
      await keepAnAdmin(db, id, user.id);
      await db.membership.deleteMany({ where: { userId: user.id } });
      await db.apiKey.updateMany({ where: { createdBy: user.id, revokedAt: null }, data: { revokedAt: new Date() } });
      db.audit({ target: { type: 'user', id: user.id, label: user.email } });
      db.emit({ type: 'team.changed' });
    }),
});

export const closeTenant = operation({
  name: 'tenant.close',
  summary: 'Close the organisation; everything is deleted after 30 days unless it is reopened',
  input: CloseTenant,
  output: Tenant,
  status: 200,
  permission: 'tenant:write',
  effect: 'write',
  audit: 'tenant.closed',
  run: (ctx, { id, confirm }) =>
    ctx.tx(async (db) => {
      const before = await getTenantRow(db, id);
      if (confirm !== before.slug) throw invalidField('confirm', `Type ${before.slug} to close it.`);
      const closing = { status: 'closing' as const, closesAt: before.closesAt ?? closesAt(new Date()) };
      const row = await db.tenant.update({ where: { id }, data: { ...closing, version: { increment: 1 } } });
      db.audit({ target: { type: 'tenant', id, label: row.name }, details: { closesAt: closing.closesAt } });
      db.emit(CHANGED);
      return toTenant(row, ctx.principal.role ?? null);
    }),
});

export const reopenTenant = operation({
  name: 'tenant.reopen',
  summary: 'Undo closing the organisation',
  input: ById,
  output: Tenant,
  status: 200,
  permission: 'tenant:write',
  effect: 'write',
  audit: 'tenant.reopened',
  run: (ctx, { id }) =>
    ctx.tx(async (db) => {
      await getTenantRow(db, id);
      const open = { status: 'active' as const, closesAt: null };
      const row = await db.tenant.update({ where: { id }, data: { ...open, version: { increment: 1 } } });
      db.audit({ target: { type: 'tenant', id, label: row.name } });
      db.emit(CHANGED);
      return toTenant(row, ctx.principal.role ?? null);
    }),
});

export const exportTenant = operation({
  name: 'tenant.export',
  summary: 'Download everything the organisation has here, without its secrets',
  input: ById,
  output: download('application/json'),
  status: 200,
  permission: 'tenant:export',
  rateClass: 'expensive',
  effect: 'write',
  audit: 'tenant.exported',
  async run(ctx, { id }) {
    const { slug, name } = await ctx.tx(async (db) => {
      const row = await getTenantRow(db, id);
      db.audit({ target: { type: 'tenant', id, label: row.name } });
      return row;
    });
    return exportTenantData((work) => ctx.tx(work), { id, slug, name });
  },
});
