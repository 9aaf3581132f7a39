import { z } from 'zod';
import { notFound } from '@/lib/core/errors';
import { ById, toPage, toSlice } from '@/lib/core/schema';
import { literally } from '@/lib/core/text';
import type { PublicContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import { createTenant } from '../tenants/service';
import { links } from '../users/links';
import { mintOneTimeToken } from '../users/one-time-token';
import { lockRegistration, registerUser } from '../users/service';
import { CreateDevUser, DevSignIn, DevUser, DevUsers, ListDevUsers } from './schema';

/** These let anybody in, so without DEV_LOGIN they are not there. */
function assertDevelopment({ ports }: PublicContext): void {
  if (!ports.site.devLogin) throw notFound('page');
}

export const describeDevelopment = operation({
  name: 'dev.get',
  summary: 'Development only: what stands in this installation',
  input: z.object({}),
  output: z.object({ users: z.number().int(), tenants: z.number().int() }),
  status: 200,
  permission: 'public',
  effect: 'read',
  run(ctx) {
    assertDevelopment(ctx);
    return ctx.platform.tx(async (db) => ({ users: await db.user.count(), tenants: await db.tenant.count() }));
  },
});

export const listDevUsers = operation({
  name: 'dev.listUsers',
  summary: 'Development only: everybody',
  input: ListDevUsers,
  output: DevUsers,
  status: 200,
  permission: 'public',
  effect: 'read',
  run(ctx, query) {
    assertDevelopment(ctx);
    return ctx.platform.tx(async (db) => {
      const where = query.search ? { email: { contains: literally(query.search), mode: 'insensitive' as const } } : {};
      const include = { memberships: { include: { tenant: { select: { slug: true } } } } };
      const rows = await db.user.findMany({ where, include, ...toSlice(query) });
      const items = rows.map(({ memberships, ...row }) => ({
        ...row,
        tenants: memberships.map(({ role, tenant }) => ({ role, slug: tenant.slug })),
      }));
      return toPage(items, await db.user.count({ where }), query);
    });
  },
});

export const signInAs = operation({
  name: 'dev.signInAs',
  summary: 'Development only: a link that signs in as somebody',
  input: ById,
  output: DevSignIn,
  status: 200,
  permission: 'public',
  effect: 'write',
  audit: 'dev.signed-in-as',
  async run(ctx, { id }) {
    assertDevelopment(ctx);
    const token = await ctx.platform.tx(async (db) => {
      const user = await db.user.findUnique({ where: { id }, select: { id: true } });
      if (!user) throw notFound('person');
      return mintOneTimeToken(db, 'sign-in', id);
    });
    return { token, link: links.signIn(ctx.ports.site.origin, token) };
  },
});

export const createDevUser = operation({
  name: 'dev.createUser',
  summary: 'Development only: a person with an organisation',
  input: CreateDevUser,
  output: DevUser,
  status: 201,
  permission: 'public',
  effect: 'write',
  audit: 'dev.user-created',
  async run(ctx, { email, name, tenantName }) {
    assertDevelopment(ctx);
    return ctx.platform.tx(async (db) => {
      await lockRegistration(db);
      const user = await registerUser(db, { email, name });
      const planKey = ctx.ports.site.initialPlan;
      const { slug } = await createTenant(db, { name: tenantName, planKey, adminId: user.id });
      return { ...user, platformAdmin: user.first, tenants: [{ slug, role: 'admin' as const }] };
    });
  },
});
