import { afterAll, beforeAll, expect, test } from 'vitest';
import { TENANT_PERMISSIONS } from '@/lib/core/permissions';
import { resetPassword } from '@/lib/features/identity/sessions/password-operations';
import { authenticate } from '@/lib/features/identity/users/service';
import type { Kernel } from '@/lib/kernel/kernel';
import { platformAccess } from '@/lib/kernel/platform-access';
import { ANONYMOUS } from '@/lib/kernel/principal';
import { asAnonymous, closeHouse, openHouse } from '@/lib/testing/house';
import { resolvePrincipal } from '../principal';
import { createPlatformAdmin, prepareDemo, resetLink } from './accounts';

let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse();
});
afterAll(() => closeHouse(kernel));

const signIn = (email: string, password: string) =>
  authenticate(platformAccess(kernel.database, { actor: ANONYMOUS.actor, requestId: 'test' }), email, password);
const withKey = (bearer: string) => resolvePrincipal(kernel.database, { bearer, sessionToken: null, tenant: null });

test('the demo stays one organisation; its newest key has every scope and the one before is dead', async () => {
  const first = await prepareDemo(kernel);
  const second = await prepareDemo(kernel);
  expect(second).toMatchObject({ email: first.email, tenantId: first.tenantId, tenantSlug: first.tenantSlug });
  expect(await signIn(second.email, second.password)).toMatchObject({ email: second.email });
  expect([...(await withKey(second.apiKey)).permissions].sort()).toEqual([...TENANT_PERMISSIONS].sort());
  await expect(withKey(first.apiKey)).rejects.toMatchObject({ code: 'api_key_rejected' });
});

test('a new platform admin chooses the password by a link that works once', async () => {
  const link = await createPlatformAdmin(kernel, 'Operator@Admin.test');
  const token = link.split('#')[1]!;
  const anonymous = asAnonymous(kernel);
  await anonymous(resetPassword, { token, password: 'chosen by the operator' });
  expect(await signIn('operator@admin.test', 'chosen by the operator')).not.toBeNull();
  await expect(anonymous(resetPassword, { token, password: 'chosen by a thief' })).rejects.toMatchObject({
    code: 'link_rejected',
  });
  const user = await kernel.database.asPlatform((db) =>
    db.user.findUnique({ where: { email: 'operator@admin.test' } }),
  );
  expect(user?.platformAdmin).toBe(true);
});

test('a reset for nobody says so to the operator', async () => {
  await expect(resetLink(kernel, 'nobody@admin.test')).rejects.toThrow('Nobody has the address');
});
