import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, createAccount } from '../../scripts/demo/account.ts';
import { connect, sync } from '../../scripts/demo/connect.ts';
import type { JsonApi } from '../../scripts/demo/http.ts';
import { root } from '../../scripts/root.ts';
import { fillDelivery } from './furnish-delivery.ts';
import { fillDrift } from './furnish-drift.ts';
import { fillHistory } from './furnish-history.ts';
import { api, house } from './house.ts';
import { joinByInvitation, onboard, type SignedIn, signIn } from './person.ts';

/** An organisation in use and one just made, with the people who look at them. */
export interface Furnished {
  admin: SignedIn;
  viewer: SignedIn;
  apiKey: string;
  /** What stands for `:name` in the path of a page. */
  full: Record<string, string>;
  empty: Record<string, string>;
}

/** Furnishes the house once per run, by the doors that everyone uses; a later worker finds it done. */
export async function furnish(): Promise<Furnished> {
  const file = join(house().dataFolder, 'furnished.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const env = { ...process.env, ...house().adminEnv };
  const account = await createAccount(env, AbortSignal.timeout(60_000));
  // Where accounts are made by invitation, a second organisation takes a platform admin.
  await promisify(execFile)(process.execPath, ['dist/admin.mjs', 'create-admin', account.email], { cwd: root, env });
  const admin = await signIn(account.email, account.password);
  const empty = await onboard(admin, 'Harbour Archive');
  const furnished: Furnished = {
    admin,
    viewer: await joinByInvitation(account.apiKey, { name: 'Vera', email: 'vera@shop.example', role: 'viewer' }),
    apiKey: account.apiKey,
    full: await fill(api(account.apiKey), account),
    empty: { tenant: empty.slug },
  };
  writeFileSync(file, JSON.stringify(furnished), { mode: 0o600 });
  return furnished;
}

/** Two instances that were read, a third that does not answer, a key, an open invitation. */
async function fill(as: JsonApi, { tenantSlug }: Account): Promise<Record<string, string>> {
  const [dev, production] = house().n8n;
  const development = await connect(as, 'Development', 'dev', dev);
  await sync(as, development);
  const live = await connect(as, 'Production', 'production', production);
  await sync(as, live);
  const away = { name: 'Rehearsal', class: 'staging', baseUrl: 'http://127.0.0.1:9', apiKey: 'nobody-listens-there' };
  await as.post('/environments', { ...away, saveUnreachable: true });
  await as.post('/teams', { email: 'ivan@shop.example', role: 'developer' });
  await as.post('/api-keys', { name: 'Reporting', scopes: ['workflow:read'], expiresInDays: 30 });
  return {
    tenant: tenantSlug,
    environment: development.id,
    production: live.id,
    workflow: await firstOf(as, '/workflows?search=Receive%20an%20order'),
    execution: await firstOf(as, '/executions'),
    credential: await firstOf(as, '/credentials'),
    job: await firstOf(as, '/background-jobs'),
    ...(await fillHistory(as, development, live)),
    ...(await fillDelivery(as, development, live)),
    ...(await fillDrift(as, live)),
  };
}

export async function firstOf(as: JsonApi, path: string): Promise<string> {
  const { items } = await as.get<{ items: { id: string }[] }>(path);
  if (!items[0]) throw new Error(`${path} is empty.`);
  return items[0].id;
}
