import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { resolvePrincipal } from '@/lib/server/principal';
import { asAnonymous, callerOf, closeHouse, openHouse } from '@/lib/testing/house';
import { ownDatabase } from '@/lib/testing/own-database';
import { completeOnboarding, getAuthStatus } from './operations';
import { startSession } from './service';
import { signUp } from './sign-up-operations';

const password = 'a password for tests';
let database: Awaited<ReturnType<typeof ownDatabase>>;
let kernel: Kernel;

beforeAll(async () => {
  database = await ownDatabase();
  kernel = openHouse({ databaseUrl: database.url });
  kernel.ports = { ...kernel.ports, site: { ...kernel.ports.site, signUp: 'invite' } };
});
afterAll(async () => {
  await closeHouse(kernel);
  await database.drop();
});

test('from nobody to the first organisation: one of many who hurry becomes the platform admin, the others are refused', async () => {
  const anonymous = asAnonymous(kernel);
  expect(await anonymous(getAuthStatus)).toMatchObject({ firstRun: true, authenticated: false, signUp: 'invite' });

  const attempts = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      anonymous(signUp, { email: `${randomUUID()}@first.test`, name: 'First', password }),
    ),
  );
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const attempt of attempts) {
    if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({ code: 'invitation_needed' });
  }
  const users = await kernel.database.asPlatform((db) => db.user.findMany());
  expect(users.map(({ platformAdmin }) => platformAdmin)).toEqual([true]);

  const [user] = users;
  const sessionToken = await kernel.database.asPlatform((db) =>
    startSession(db, { userId: user!.id, method: 'test', ip: null, userAgent: null }),
  );
  const whoIs = () => resolvePrincipal(kernel.database, { bearer: null, sessionToken, tenant: null });
  const person = callerOf(kernel, await whoIs());
  expect(await person(getAuthStatus)).toMatchObject({ firstRun: false, onboardingRequired: true, tenants: [] });

  const twice = await Promise.allSettled([1, 2].map(() => person(completeOnboarding, { name: 'Café Łódź' })));
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const inside = await callerOf(kernel, await whoIs())(getAuthStatus);
  expect(inside).toMatchObject({
    onboardingRequired: false,
    hasEnvironment: false,
    role: 'admin',
    tenant: { slug: 'cafe-odz', name: 'Café Łódź' },
    tenants: [{ role: 'admin', status: 'active' }],
  });
});
