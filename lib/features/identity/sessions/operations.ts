import { z } from 'zod';
import { conflict, forbidden, notFound } from '@/lib/core/errors';
import { ById, Nothing } from '@/lib/core/schema';
import type { PublicContext } from '@/lib/kernel/context';
import type { Transaction } from '@/lib/kernel/db/database';
import { operation } from '@/lib/kernel/operation';
import { CompleteOnboarding, SwitchTenant, Tenant } from '../tenants/schema';
import { createTenant, hasEnvironment } from '../tenants/service';
import { isFirstRun, lockRegistration } from '../users/service';
import { getProfile } from '../users/store';
import { AuthStatus, ListSessions, OwnTenant, SessionPage } from './schema';
import { listSessionsOf, tenantsOf } from './store';

export const getAuthStatus = operation({
  name: 'auth.status',
  summary: 'Who is signed in, and what comes next for them',
  input: z.object({}),
  output: AuthStatus,
  status: 200,
  permission: 'public',
  effect: 'read',
  async run(ctx) {
    const { principal } = ctx;
    const { site, mailer } = ctx.ports;
    const found = await ctx.platform.tx((db) => lookAround(db, ctx));
    const mayFound = found.user?.platformAdmin || site.signUp === 'open';
    return {
      ...found,
      authenticated: principal.actor.type !== 'anonymous',
      onboardingRequired: Boolean(found.user && found.tenants.length === 0 && mayFound),
      signUp: site.signUp,
      methods: { password: true as const, emailLink: mailer !== null, providers: [...site.providers] },
      devLogin: site.devLogin,
      tenant: principal.tenant ?? null,
      role: principal.role ?? null,
      permissions: [...principal.permissions].sort(),
      features: [...principal.features],
      limits: principal.limits,
    };
  },
});

async function lookAround(db: Transaction, { principal: { user, tenant } }: PublicContext) {
  return {
    firstRun: !user && (await isFirstRun(db)),
    user: user ? await getProfile(db, user.id) : null,
    tenants: user ? await tenantsOf(db, user.id) : [],
    hasEnvironment: tenant ? await hasEnvironment(db, tenant.id) : false,
  };
}

export const completeOnboarding = operation({
  name: 'auth.onboarding',
  summary: 'Make an organisation',
  description: 'Whoever makes it becomes its admin, and their session enters it.',
  input: CompleteOnboarding,
  output: Tenant,
  status: 201,
  permission: 'signed-in',
  effect: 'write',
  audit: 'tenant.created',
  run: ({ platform, user, ports: { site } }, { name }) =>
    platform.tx(async (db) => {
      // Two submissions of one form must not make two organisations.
      await lockRegistration(db);
      if ((await tenantsOf(db, user.id)).some((tenant) => tenant.name === name)) {
        throw conflict('You are in an organisation of this name already.', 'onboarding_conflict');
      }
      if (site.signUp === 'invite' && !(await getProfile(db, user.id)).platformAdmin) {
        throw forbidden('Organisations are joined by invitation here. Ask an admin for one.', 'invitation_needed');
      }
      const tenant = await createTenant(db, { name, planKey: site.initialPlan, adminId: user.id });
      await db.session.updateMany({ where: { publicId: user.sessionId }, data: { activeTenantId: tenant.id } });
      const target = { type: 'tenant', id: tenant.id, label: tenant.name };
      db.audit({ action: 'tenant.created', target, tenantId: tenant.id });
      return tenant;
    }),
});

export const switchTenant = operation({
  name: 'auth.switchTenant',
  summary: 'Choose the organisation that this session is in by default',
  input: SwitchTenant,
  output: OwnTenant,
  status: 200,
  permission: 'signed-in',
  effect: 'write',
  audit: 'session.tenant-switched',
  run: ({ platform, user }, { tenant }) =>
    platform.tx(async (db) => {
      const target = (await tenantsOf(db, user.id)).find(({ id, slug }) => id === tenant || slug === tenant);
      if (!target) throw notFound('organisation');
      await db.session.updateMany({ where: { publicId: user.sessionId }, data: { activeTenantId: target.id } });
      return target;
    }),
});

export const listSessions = operation({
  name: 'session.list',
  summary: 'Where the person is signed in',
  input: ListSessions,
  output: SessionPage,
  status: 200,
  permission: 'signed-in',
  effect: 'read',
  run: ({ platform, user }, query) => platform.tx((db) => listSessionsOf(db, user, query)),
});

export const endSessionById = operation({
  name: 'session.end',
  summary: 'Sign out somewhere',
  input: ById,
  output: Nothing,
  status: 204,
  permission: 'signed-in',
  effect: 'write',
  audit: 'session.ended',
  run: ({ platform, user }, { id }) =>
    platform.tx(async (db) => {
      const { count } = await db.session.deleteMany({ where: { publicId: id, userId: user.id } });
      if (count === 0) throw notFound('session');
      db.audit({ action: 'session.ended', target: { type: 'session', id } });
    }),
});
