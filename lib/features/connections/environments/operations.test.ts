import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import type { ProviderFailure } from '@/lib/ports/provider-error';
import { CAPABILITIES, type Probe, type ProbeReport } from '@/lib/ports/provider-probe';
import type { ProviderConnection, ProviderKind, WorkflowProvider } from '@/lib/ports/workflow-provider';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { listProviders } from '../providers/operations';
import {
  getEnvironmentCapabilities,
  getEnvironmentPolicy,
  probeEnvironment,
  testConnection,
  testGitConnection,
} from './check-operations';
import {
  createEnvironment,
  deleteEnvironment,
  getEnvironment,
  getEnvironmentLimits,
  listEnvironments,
  updateEnvironment,
} from './operations';

const GOOD_KEY = 'key-that-is-good-1234';
const report: ProbeReport = {
  version: { exact: '2.41.1', atLeast: '2.30.0', below: null },
  key: { scopes: null, expiresAt: null },
  capabilities: Object.fromEntries(CAPABILITIES.map((name) => [name, { works: true }])) as ProbeReport['capabilities'],
  writes: {
    serial: false,
    savePublishes: 'optional',
    publishIsAsynchronous: true,
    failedPublish: 'keeps_previous',
    publishCalls: { publish: 'publish', unpublish: 'unpublish' },
    deleteNeedsUnpublish: true,
  },
  checkedAt: new Date(0).toISOString(),
};

/** Answers by what the address and key say; remembers which key went where. */
const sent: ProviderConnection[] = [];
const problem = (failure: ProviderFailure, field: 'baseUrl' | 'apiKey', detail: string): Probe => ({
  ok: false,
  problem: { failure, field, detail },
});
function answerTo({ baseUrl, apiKey }: ProviderConnection): Probe {
  if (baseUrl.includes('away')) return problem('unreachable', 'baseUrl', 'Nothing answered at this address.');
  if (baseUrl.includes('website')) return problem('unreadable', 'baseUrl', 'This is a website, not n8n.');
  if (apiKey !== GOOD_KEY) return problem('key_rejected', 'apiKey', 'n8n does not know this key.');
  return { ok: true, report };
}
const kind: ProviderKind = {
  type: 'n8n',
  name: 'n8n',
  description: 'A scripted n8n.',
  connection: [],
  capabilities: CAPABILITIES,
  connect: (connection) => {
    sent.push(connection);
    return { probe: async () => answerTo(connection) } as unknown as WorkflowProvider;
  },
};

let kernel: Kernel;
let tenant: TestTenant;
beforeAll(async () => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
  tenant = await newTenant(kernel);
});
afterAll(() => closeHouse(kernel));

const input = (name: string, more: object = {}) => ({
  name,
  class: 'dev',
  baseUrl: `https://${name}.example.com/`,
  apiKey: GOOD_KEY,
  ...more,
});

test('a connected environment says what was found, and shows of its key the end alone', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const made = await admin(createEnvironment, input('first'));
  expect(made).toMatchObject({
    slug: 'first',
    baseUrl: 'https://first.example.com',
    apiKeyHint: '…1234',
    providerVersion: '2.41.1',
    axes: {
      connection: { status: 'connected', problem: null },
      drift: { status: 'not_tracked' },
      readiness: { status: 'ready' },
      freshness: { status: 'never', asOf: null },
    },
  });
  expect(JSON.stringify(await admin(getEnvironment, { id: made.id }))).not.toContain(GOOD_KEY);
  const stored = await kernel.database.asTenant(tenant.id, (db) => db.secret.findMany());
  expect(JSON.stringify(stored)).not.toContain(GOOD_KEY);
});

test('a wrong key and a wrong address are explained at their field, and nothing is saved', async () => {
  const admin = await as(kernel, tenant, 'admin');
  await expect(admin(createEnvironment, input('wrong-key', { apiKey: 'nonsense' }))).rejects.toMatchObject({
    kind: 'invalid',
    code: 'key_rejected',
    errors: [{ path: 'apiKey' }],
  });
  await expect(admin(createEnvironment, input('website'))).rejects.toMatchObject({ errors: [{ path: 'baseUrl' }] });
  await expect(admin(createEnvironment, input('ftp', { baseUrl: 'ftp://host' }))).rejects.toMatchObject({
    errors: [{ path: 'baseUrl' }],
  });
  expect(await admin(listEnvironments, { search: 'w' })).toMatchObject({ total: 0 });
});

test('an instance that is away is saved only by those who say so, and is not shown as connected', async () => {
  const admin = await as(kernel, tenant, 'admin');
  await expect(admin(createEnvironment, input('away'))).rejects.toMatchObject({ code: 'unreachable' });
  const made = await admin(createEnvironment, input('away', { saveUnreachable: true }));
  expect(made.axes).toMatchObject({
    connection: { status: 'unreachable', problem: { code: 'unreachable' } },
    readiness: { status: 'unknown' },
  });
  const wrongKey = input('still-wrong', { apiKey: 'nonsense', saveUnreachable: true });
  await expect(admin(createEnvironment, wrongKey)).rejects.toMatchObject({ code: 'key_rejected' });
  await admin(deleteEnvironment, { id: made.id });
});

test('what is connected under the name of a deleted one inherits nothing that git has of it', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const { id, slug } = await admin(createEnvironment, input('again'));
  await admin(deleteEnvironment, { id });
  expect((await admin(createEnvironment, input('again'))).slug).toBe(`${slug}-2`);
});

test('another host needs the key again, and the saved key is not sent there', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const made = await admin(createEnvironment, input('moving'));
  sent.length = 0;
  const elsewhere = { id: made.id, baseUrl: 'https://elsewhere.example.com' };
  await expect(admin(updateEnvironment, elsewhere)).rejects.toMatchObject({ errors: [{ path: 'apiKey' }] });
  const probe = { environmentId: made.id, baseUrl: elsewhere.baseUrl };
  await expect(admin(testConnection, probe)).rejects.toMatchObject({ errors: [{ path: 'apiKey' }] });
  expect(sent).toEqual([]);
  const moved = await admin(updateEnvironment, { ...elsewhere, apiKey: GOOD_KEY }, made.version);
  expect(moved).toMatchObject({ baseUrl: elsewhere.baseUrl, version: made.version + 1 });
  const secrets = await kernel.database.asTenant(tenant.id, (db) => db.secret.count());
  expect(secrets).toBe((await admin(listEnvironments)).total);
});

test('a rename asks nothing of the instance, and a stale one is refused', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const made = await admin(createEnvironment, input('named'));
  sent.length = 0;
  const renamed = await admin(updateEnvironment, { id: made.id, name: 'renamed' }, made.version);
  expect(renamed).toMatchObject({ name: 'renamed', slug: 'named' });
  expect(sent).toEqual([]);
  await expect(admin(updateEnvironment, { id: made.id, name: 'late' }, made.version)).rejects.toMatchObject({
    status: 412,
  });
  await expect(admin(createEnvironment, input('RENAMED'))).rejects.toMatchObject({
    code: 'name_taken',
    errors: [{ path: 'name' }],
  });
});

test('the plan is not exceeded, however many are connected at once', async () => {
  const small = await newTenant(kernel, { plan: 'pro' });
  const admin = await as(kernel, small, 'admin');
  const attempts = ['a', 'b', 'c', 'd', 'e'].map((name) => admin(createEnvironment, input(`many-${name}`)));
  const settled = await Promise.allSettled(attempts);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'limit_reached' } });
  expect(await admin(getEnvironmentLimits)).toMatchObject({
    plan: { limit: 3, used: 3, remaining: 0, over: false },
    canAdd: false,
  });
});

test('environments stand in the order dev, staging, production, then by name', async () => {
  const own = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  for (const [name, tier] of [
    ['zeta', 'production'],
    ['beta', 'dev'],
    ['gamma', 'staging'],
    ['alpha', 'dev'],
  ] as const) {
    await admin(createEnvironment, input(name, { class: tier }));
  }
  const { items } = await admin(listEnvironments);
  expect(items.map(({ name }: { name: string }) => name)).toEqual(['alpha', 'beta', 'gamma', 'zeta']);
});

test('a probe that fails changes the connection and its age, and keeps what was known of the instance', async () => {
  const own = await newTenant(kernel);
  const admin = await as(kernel, own, 'admin');
  const made = await admin(createEnvironment, input('probed'));
  const broken = { ...kind, connect: () => ({ probe: async () => problem('key_rejected', 'apiKey', 'Revoked.') }) };
  const ports = { ...kernel.ports, providers: new Map([['n8n', broken as unknown as ProviderKind]]) };
  const later = await as({ ...kernel, ports }, own, 'developer');
  expect(await later(probeEnvironment, { id: made.id })).toMatchObject({ ok: false, problem: { field: 'apiKey' } });
  const seen = await admin(getEnvironment, { id: made.id });
  expect(seen.axes.connection).toMatchObject({ status: 'refused', problem: { code: 'key_rejected' } });
  expect(seen.axes.readiness.status).toBe('unknown');
  expect(seen.providerVersion).toBe('2.41.1');
  expect(await admin(probeEnvironment, { id: made.id })).toMatchObject({ ok: true, problem: null });
  expect((await admin(getEnvironment, { id: made.id })).axes.connection).toMatchObject({
    status: 'connected',
    problem: null,
  });
});

test('the guard answers for you and for each role, and says what would allow the rest', async () => {
  const admin = await as(kernel, tenant, 'admin');
  const { id } = await admin(createEnvironment, input('guarded', { class: 'production' }));
  const developer = await as(kernel, tenant, 'developer');
  const capabilities = await developer(getEnvironmentCapabilities, { id });
  const find = (action: string) => capabilities.actions.find((one: { action: string }) => one.action === action);
  expect(find('refresh')).toMatchObject({ allowed: true });
  expect(find('upload')).toMatchObject({ allowed: false, rule: 'production_class' });
  expect(find('activate')).toMatchObject({ allowed: false, role: 'admin', rule: 'role_for_class' });
  expect(capabilities.instance).toMatchObject({ version: { exact: '2.41.1' } });
  const policy = await developer(getEnvironmentPolicy, { environment_id: id });
  expect(Object.keys(policy.byRole)).toEqual(['viewer', 'developer', 'admin']);
  await admin(updateEnvironment, { id, forbiddenActions: ['activate'] });
  const tightened = await admin(getEnvironmentCapabilities, { id });
  expect(tightened.actions).toContainEqual(
    expect.objectContaining({ action: 'activate', allowed: false, rule: 'environment_policy' }),
  );
});

test('providers and the local store answer', async () => {
  const admin = await as(kernel, tenant, 'admin');
  expect(await admin(listProviders)).toMatchObject({ total: 1, items: [{ type: 'n8n' }] });
  expect(await admin(testGitConnection)).toMatchObject({ ok: true, store: 'local' });
  expect(await admin(testConnection, { baseUrl: 'https://away.example.com', apiKey: 'x' })).toMatchObject({
    ok: false,
    problem: { field: 'baseUrl' },
  });
});
