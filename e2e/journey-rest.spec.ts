// What an integrator does: the main job through the REST API alone, on two real n8n. No page is opened.
import { expect } from '@playwright/test';
import { connect, type DemoEnvironment, finished, sync } from '../scripts/demo/connect.ts';
import type { JsonApi } from '../scripts/demo/http.ts';
import { test } from './house/fixtures.ts';
import { api, house, n8nAt } from './house/house.ts';
import { apiAs, joinByInvitation, onboard } from './house/person.ts';
import { newestCommit } from './parts/approved-git.ts';
import { childDocument, makeCredential, makeFamily, removeFamily, workflowNamed } from './parts/release-family.ts';

test.describe.configure({ mode: 'serial' });

const NAMES = { parent: 'Family parent', child: 'Family child', handler: 'Family handler' };
const FAMILY = { ...NAMES, path: `family-${Date.now().toString(36)}` };
const REQUIREMENT = 'httpHeaderAuth:Family key';

type Item = { id: string; name: string };
type Page<T> = { items: T[] };
type Receipt = { jobId: string };
type Step = { method: string; path: string };
type Promotion = {
  id: string;
  status: string;
  plan: { digest: string; steps: Step[] } | null;
  problems: { code: string; severity: string; binding?: { requirement: string; candidates: { n8nId: string }[] } }[];
  workflows: { name: string; change: string; isPlanned: boolean }[];
};
type Incident = {
  id: string;
  status: string;
  driftDigest: string;
  affectedWorkflows: { name: string; driftClass: string }[];
};

let machine: JsonApi;
let second: JsonApi;
let dev: DemoEnvironment;
let production: DemoEnvironment;
let route: { pipelineId: string; stageId: string };
/** Opens the webhook in production. */
let headers: Record<string, string>;

/** Carries out what answers with a job, and waits for its end. */
const carryOut = async (as: JsonApi, path: string, body?: object): Promise<void> =>
  finished(as, await as.post<Receipt>(path, body), `POST ${path}`);

/** What each door answered with, as `METHOD /path/{id} status`. */
const answered = new Set<string>();
const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  const answer = await fetch(input, init);
  const [, path = ''] = String(input).match(/\/api\/v1(\/[^?]*)/) ?? [];
  answered.add(`${init?.method ?? 'GET'} ${path.replace(/[\da-f-]{36}/g, '{id}')} ${answer.status}`);
  return answer;
};

/** One call of a plan, as it is listed before and told afterwards. */
const STEP = {
  method: expect.stringMatching(/^(GET|POST|PUT|DELETE|OPTIONS)$/),
  path: expect.stringMatching(/^\//),
  precondition: expect.any(String),
  reversible: expect.any(Boolean),
  interruption: expect.stringMatching(/^(none|moment|until published)$/),
};

test.beforeAll(async ({ furnished }) => {
  test.setTimeout(180_000);
  const { slug } = await onboard(furnished.admin, 'Family Business');
  const admin = apiAs(furnished.admin, slug);
  const { permissions } = await admin.get<{ permissions: string[] }>('/auth/me');
  const scopes = permissions.filter((permission) => !permission.startsWith('platform:'));
  const { key } = await admin.post<{ key: string }>('/api-keys', { name: 'Release bot', scopes });
  machine = api(key);
  second = apiAs(await joinByInvitation(key, { name: 'Olga', email: 'olga@family.example', role: 'admin' }), slug);
  const credential = await makeCredential(n8nAt(0), 'Family key', 'only-for-dev');
  const live = await makeCredential(n8nAt(1), 'Family key of production', 'only-for-production');
  headers = live.headers;
  await makeFamily(n8nAt(0), FAMILY, credential);
  dev = await connect(machine, 'Workshop', 'dev', house().n8n[0]);
  production = await connect(machine, 'Counter', 'production', house().n8n[1]);
  await Promise.all([sync(machine, dev), sync(machine, production)]);
});

test.afterAll(async () => {
  await removeFamily(n8nAt(0), FAMILY);
  await removeFamily(n8nAt(1), FAMILY);
  globalThis.fetch = fetch;
});

const workflowId = async (environment: DemoEnvironment, name: string): Promise<string> => {
  const query = new URLSearchParams({ environmentId: environment.id, search: name });
  const { items } = await machine.get<Page<Item>>(`/workflows?${query}`);
  return items.find((one) => one.name === name)?.id ?? '';
};
const mark = async (): Promise<unknown> => {
  const answer = await fetch(`${house().n8n[1].baseUrl}/webhook/${FAMILY.path}`, { headers });
  return answer.ok ? ((await answer.json()) as { mark: string }).mark : answer.status;
};

test('what dev has is saved as approved, by the key that asked', async () => {
  const message = 'Ready for production';
  await carryOut(machine, '/workflows/sync-to-github', { environmentId: dev.id, message });
  const approved = await machine.get<{ workflows: Item[] }>(`/environments/${dev.id}/approved`);
  expect(approved).toMatchObject({ baseline: true, message, by: { name: 'Release bot' } });
  expect(approved.workflows.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.values(NAMES)));
});

let promotion: Promotion;

test('a promotion says which credential is missing; once it is bound, the plan has the sub-workflow and the error workflow too', async () => {
  const hop = { sourceEnvironmentId: dev.id, targetEnvironmentId: production.id, requireApproval: true };
  const pipeline = await machine.post<{ id: string; stages: Item[] }>('/pipelines', { name: 'Release', stages: [hop] });
  route = { pipelineId: pipeline.id, stageId: pipeline.stages[0]?.id ?? '' };
  const workflowIds = [await workflowId(dev, NAMES.parent)];
  const begun = await machine.post<Promotion>('/promotions/initiate', { ...route, workflowIds });
  const blocking = begun.problems.filter(({ severity }) => severity === 'blocking');
  expect(begun.status).toBe('pending');
  expect(blocking).toMatchObject([{ binding: { requirement: REQUIREMENT } }]);
  await expect(machine.post(`/promotions/${begun.id}/execute`)).rejects.toThrow('409');

  const { items } = await machine.get<Page<{ n8nId: string; name: string }>>(
    `/credentials?environmentId=${production.id}&search=Family`,
  );
  const value = { n8nId: items[0]?.n8nId, name: items[0]?.name };
  const reason = 'Production has a key of its own.';
  const binding = { environmentId: production.id, kind: 'credential', requirement: REQUIREMENT, value, reason };
  await machine.post('/bindings', binding);
  promotion = await machine.post<Promotion>(`/promotions/${begun.id}/refresh`);
  expect(promotion.status).toBe('pending_approval');
  expect(
    promotion.workflows
      .filter(({ isPlanned }) => isPlanned)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.values(NAMES).sort());
  const { digest, steps = [] } = promotion.plan ?? {};
  expect(digest).toMatch(/^[\da-f]{64}$/);
  // What the plan makes has no id there yet.
  for (const step of steps) expect(step).toMatchObject({ ...STEP, workflowId: null });
  expect(steps.filter(({ method, path }) => method === 'POST' && path === '/workflows').length).toBe(3);
});

type Deployment = {
  id: string;
  steps: (Step & { status: string })[];
  workflows: { name: string; status: string; verified: string[] }[];
};
let deployment: Deployment;

test('who initiated it cannot approve it; a second person does, and what was deployed is verified and answers', async () => {
  await expect(machine.post(`/promotions/${promotion.id}/approve`)).rejects.toThrow('403');
  const planDigest = promotion.plan?.digest;
  const approved = await second.post<Promotion>(`/promotions/${promotion.id}/approve`, { planDigest });
  expect(approved).toMatchObject({ status: 'approved', plan: { digest: planDigest } });
  const { deploymentId, jobId } = await machine.post<Receipt & { deploymentId: string }>(
    `/promotions/${promotion.id}/execute`,
  );
  await finished(machine, { jobId }, 'The deployment');
  deployment = await machine.get<Deployment>(`/deployments/${deploymentId}`);
  expect(deployment).toMatchObject({ id: deploymentId, status: 'completed', problems: [] });
  expect(deployment.steps).toHaveLength(promotion.plan?.steps.length ?? -1);
  for (const step of deployment.steps) {
    expect(step).toMatchObject({ ...STEP, status: expect.stringMatching(/^(applied|skipped)$/) });
  }
  expect(deployment.workflows.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  const facts = deployment.workflows.find(({ name }) => name === NAMES.parent)?.verified.join();
  expect(facts).toMatch(/listens/);

  const [parent, child, handler] = await Promise.all(
    [NAMES.parent, NAMES.child, NAMES.handler].map((name) => workflowNamed(n8nAt(1), name)),
  );
  expect(JSON.stringify(parent?.nodes)).toContain(child?.id);
  expect(parent?.settings).toMatchObject({ errorWorkflow: handler?.id });
  await expect.poll(mark).toBe('first');
});

/** Edits production behind our back, and answers the incident that one check makes of it. */
async function editedBehindOurBack(value: string): Promise<Incident> {
  const { id } = await workflowNamed(n8nAt(1), NAMES.child);
  await n8nAt(1).put(`/workflows/${id}`, childDocument(NAMES.child, value));
  await carryOut(machine, `/environments/${production.id}/drift-check`);
  const query = new URLSearchParams({ environmentId: production.id, status: 'detected' });
  const { items } = await machine.get<Page<Incident>>(`/incidents?${query}`);
  expect(items).toMatchObject([{ affectedWorkflows: [{ name: NAMES.child, driftClass: 'edited' }] }]);
  return items[0] as Incident;
}

async function expectInSync(incident: Incident, resolution: string): Promise<void> {
  expect(await machine.get(`/incidents/${incident.id}`)).toMatchObject({ status: 'closed', resolution });
  const drift = { status: 'none', count: 0 };
  expect(await machine.get(`/environments/${production.id}`)).toMatchObject({ axes: { drift } });
  const child = await workflowId(production, NAMES.child);
  expect(await machine.get(`/workflows/${child}/drift`)).toMatchObject({ status: 'in_sync' });
}

test('an edit behind our back is an incident after one check; reverted, production is in sync and answers as before', async () => {
  await carryOut(machine, `/environments/${production.id}/drift-check`);
  expect(await machine.get(`/environments/${production.id}`)).toMatchObject({ axes: { drift: { status: 'none' } } });
  const incident = await editedBehindOurBack('nobody approved this');
  const { driftDigest } = incident;
  const request = { resolution: 'revert', reason: 'Nobody asked for it.', driftDigest };
  await carryOut(machine, `/incidents/${incident.id}/resolve`, request);
  await expectInSync(incident, 'revert');
  await expect.poll(mark).toBe('first');
});

test('another one is kept: in sync, and the newest commit is by the person who decided', async () => {
  const incident = await editedBehindOurBack('hotfix');
  const reason = 'The night shift was right.';
  await carryOut(second, `/incidents/${incident.id}/resolve`, { resolution: 'keep', reason });
  await expectInSync(incident, 'keep');
  await expect.poll(mark).toBe('hotfix');

  const [newest] = (await machine.get<Page<object>>(`/snapshots?environmentId=${production.id}`)).items;
  expect(newest).toMatchObject({ kind: 'kept', actor: { type: 'user', label: 'olga@family.example' } });
  const { commitSha } = newest as { commitSha: string };
  const approved = await machine.get<{ message: string }>(`/environments/${production.id}/approved`);
  expect(approved).toMatchObject({ commitSha, by: { name: 'Olga' } });
  expect(approved.message).toContain(NAMES.child);
  const { tenant } = await machine.get<{ tenant: Item }>('/auth/me');
  expect(await newestCommit(tenant.id)).toMatchObject({
    author: 'Olga <olga@family.example>',
    trailers: { Actor: expect.stringMatching(/^user:/) },
  });
});

test('a rollback is shown with its plan and not run; a promotion that is rejected writes nothing', async () => {
  const { id } = deployment;
  const shown = await machine.post<{ problems: { name: string; severity: string }[] }>(
    `/deployments/${id}/rollback`,
    {},
  );
  const plan = { digest: expect.any(String), steps: expect.arrayContaining([expect.objectContaining(STEP)]) };
  expect(shown).toMatchObject({ status: 'planned', rollbackOfId: id, plan, jobId: null });
  const stops = shown.problems.filter(({ severity }) => severity === 'blocking').map(({ name }) => name);
  expect(stops, 'what was edited since stops it').toEqual([NAMES.child]);

  const workflowIds = [await workflowId(dev, NAMES.child)];
  const begun = await machine.post<Promotion>('/promotions/initiate', { ...route, workflowIds });
  const { problems } = begun;
  expect(problems).toMatchObject([{ code: 'target_hotfix', severity: 'blocking' }]);
  const choices = [{ workflowId: workflowIds[0], resolve: 'overwrite' }];
  const chosen = await machine.post<Promotion>(`/promotions/${begun.id}/choices`, { choices });
  expect(chosen).toMatchObject({ status: 'pending_approval', plan: { steps: [{ method: 'PUT' }, {}] } });
  const comment = 'The hotfix stays.';
  const rejected = await second.post<Promotion>(`/promotions/${begun.id}/reject`, { comment });
  expect(rejected).toMatchObject({ id: begun.id, status: 'rejected', decisions: [{ verdict: 'rejected', comment }] });
  await expect(machine.post(`/promotions/${begun.id}/execute`)).rejects.toThrow('409');
  expect(await mark()).toBe('hotfix');
});

test('every door of the main job answered with the status that it promises', () => {
  expect([...answered]).toEqual(
    expect.arrayContaining([
      'POST /workflows/sync-to-github 202',
      'POST /pipelines 201',
      'POST /promotions/initiate 201',
      'POST /promotions/{id}/approve 200',
      'POST /promotions/{id}/reject 200',
      'POST /promotions/{id}/execute 202',
      'GET /deployments/{id} 200',
      'POST /deployments/{id}/rollback 201',
      'POST /environments/{id}/drift-check 202',
      'GET /incidents 200',
      'POST /incidents/{id}/resolve 202',
    ]),
  );
});
