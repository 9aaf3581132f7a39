import { z } from 'zod';
import { forbidden, invalidField } from '@/lib/core/errors';
import type { UserContext } from '@/lib/kernel/context';
import { operation } from '@/lib/kernel/operation';
import type { Principal } from '@/lib/kernel/principal';
import { assertVersion } from '@/lib/kernel/version';
import { addressChanged } from './mails';
import { Me, type Profile, UpdateMe } from './schema';
import { confirmsPassword, forgetLinks } from './service';
import { getProfile } from './store';

export const getMe = operation({
  name: 'me.get',
  summary: 'Who asks, and what they may do here',
  input: z.object({}),
  output: Me,
  status: 200,
  permission: 'authenticated',
  effect: 'read',
  async run({ principal, platform }) {
    const { user } = principal;
    return describe(principal, user ? await platform.tx((db) => getProfile(db, user.id)) : null);
  },
});

export const updateMe = operation({
  name: 'me.update',
  summary: 'Change the own name, address or preferences',
  input: UpdateMe,
  output: Me,
  status: 200,
  permission: 'signed-in',
  effect: 'write',
  audit: 'user.updated',
  async run(ctx, { currentPassword, ...changes }) {
    const before = await ctx.platform.tx((db) => getProfile(db, ctx.user.id));
    const newAddress = changes.email !== undefined && changes.email !== before.email;
    if (newAddress) await assertMayChangeAddress(ctx, before, currentPassword);
    const after = await ctx.platform.tx(async (db) => {
      assertVersion(await getProfile(db, ctx.user.id), ctx.ifMatch);
      const unverified = newAddress ? { emailVerified: null } : {};
      await db.user.update({
        where: { id: ctx.user.id },
        data: { ...changes, ...unverified, version: { increment: 1 } },
      });
      // A link that went to the old address would prove the new one.
      if (newAddress) await forgetLinks(db, ctx.user.id);
      db.audit({
        action: 'user.updated',
        target: { type: 'user', id: ctx.user.id, label: before.email },
        details: { fields: Object.keys(changes) },
      });
      return getProfile(db, ctx.user.id);
    });
    if (newAddress) await tellOldAddress(ctx, before.email, after.email);
    return describe(ctx.principal, after);
  },
});

async function assertMayChangeAddress(ctx: UserContext, profile: Profile, password: string | undefined) {
  await ctx.throttle(`address:${profile.id}`);
  if (!profile.hasPassword) throw forbidden('Set a password first; it confirms a new address.', 'password_needed');
  if (!password || !(await confirmsPassword(ctx.platform, profile.id, password))) {
    throw invalidField('currentPassword', 'This is not your password.', 'wrong_password');
  }
}

/** Whoever had the account before must hear of it. Mail that does not go out changes nothing. */
async function tellOldAddress({ ports, log }: UserContext, from: string, to: string): Promise<void> {
  await ports.mailer
    ?.send(addressChanged(from, to, ports.site.origin))
    .catch((error) => log.warn({ error }, 'the old address was not told'));
}

function describe(principal: Principal, user: Profile | null): z.input<typeof Me> {
  const { actor, tenant, role, permissions, features, limits } = principal;
  return {
    type: user ? 'user' : 'api_key',
    user,
    apiKey: actor.type === 'api_key' ? { id: actor.id, name: actor.label } : null,
    tenant: tenant ?? null,
    role: role ?? null,
    permissions: [...permissions].sort(),
    features: [...features],
    limits,
    version: user?.version,
  };
}
