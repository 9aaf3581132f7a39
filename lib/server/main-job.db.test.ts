import { afterAll, beforeAll, expect, test } from 'vitest';
import { edit, Instances, pointing } from '@/lib/features/delivery/delivery.fixture';
import { ReleaseScene } from '@/lib/features/delivery/release.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { adminOf, withSession } from '@/lib/testing/requests';
import { type Answer, openRest, type Rest } from '@/lib/testing/rest';

const instances = new Instances();
let kernel: Kernel;
let rest: Rest;
beforeAll(async () => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
  rest = await openRest();
});
afterAll(() => closeHouse(kernel));

const id = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
const list = (...items: object[]) => ({
  ...{ items, total: items.length, page: 1, pageSize: 50 },
  ...{ totalPages: Math.ceil(items.length / 50), hasMore: false },
});
const step = {
  method: expect.stringMatching(/^(POST|PUT|DELETE)$/),
  path: expect.stringMatching(/^\//),
  precondition: expect.any(String),
  reversible: expect.any(Boolean),
  interruption: expect.any(String),
};
const said = ({ status, body }: Answer) => ({ status, body });

test('the whole main job over REST answers in the shapes that integrations were promised', async () => {
  const scene = await ReleaseScene.open(kernel, instances);
  const { parentId } = await scene.family();
  const { people, slug } = scene.tenant;
  const admin = adminOf(scene.tenant);
  const developer = withSession('developer', people.developer.sessionToken, slug);
  const ended = async ({ body }: Answer) => {
    await scene.work(body.jobId);
    return said(await rest(developer, `GET /background-jobs/${body.jobId}`));
  };
  const completed = { status: 200, body: expect.objectContaining({ status: 'completed' }) };

  const saved = await rest(developer, 'POST /workflows/sync-to-github', {
    environmentId: scene.dev.id,
    message: 'One',
  });
  expect(said(saved)).toEqual({ status: 202, body: { jobId: id, alreadyRunning: false } });
  expect(await ended(saved)).toEqual(completed);

  const ends = { sourceEnvironmentId: scene.dev.id, targetEnvironmentId: scene.production.id };
  const stage = { ...ends, requireApproval: true };
  const pipeline = await rest(admin, 'POST /pipelines', { name: 'Over REST', stages: [stage] });
  expect(said(pipeline)).toMatchObject({ status: 201, body: { id, stages: [{ id, ...stage }] } });
  const [pipelineId, stageId] = [pipeline.body.id, pipeline.body.stages[0].id];

  const selection = { pipelineId, stageId, workflowIds: [parentId] };
  const made = await rest(developer, 'POST /promotions/initiate', selection);
  expect(said(made)).toMatchObject({ status: 201, body: { id, status: 'pending_approval', plan: { digest } } });
  for (const one of made.body.plan.steps) expect(one).toMatchObject(step);
  expect(made.body.plan.steps.every((one: object) => 'workflowId' in one)).toBe(true);
  expect(made.body.problems).toBeInstanceOf(Array);

  const promotion = `/promotions/${made.body.id}`;
  const early = await rest(developer, `POST ${promotion}/execute`);
  expect(said(early)).toMatchObject({ status: 409, body: { code: 'approval_required' } });
  const rejected = await rest(developer, 'POST /promotions/initiate', selection);
  expect(
    said(await rest(admin, `POST /promotions/${rejected.body.id}/reject`, { comment: 'Not today' })),
  ).toMatchObject({ status: 200, body: { id: rejected.body.id, status: 'rejected' } });
  const approved = await rest(admin, `POST ${promotion}/approve`, { comment: 'Fine' });
  expect(said(approved)).toMatchObject({ status: 200, body: { id: made.body.id, status: 'approved' } });

  const begun = await rest(developer, `POST ${promotion}/execute`);
  expect(said(begun)).toEqual({ status: 202, body: { deploymentId: id, jobId: id } });
  expect(await ended(begun)).toEqual(completed);
  const deployment = `/deployments/${begun.body.deploymentId}`;
  const done = await rest(developer, `GET ${deployment}`);
  expect(said(done)).toMatchObject({ status: 200, body: { id: begun.body.deploymentId, status: 'completed' } });
  expect(done.body.steps).toHaveLength(made.body.plan.steps.length);
  expect(done.body.workflows.map(({ name }: { name: string }) => name).sort()).toEqual(['Child', 'Handler', 'Parent']);

  const shown = await rest(admin, `POST ${deployment}/rollback`, {});
  expect(said(shown)).toMatchObject({ status: 201, body: { id, status: 'planned', plan: { digest }, jobId: null } });
  for (const one of shown.body.plan.steps) expect(one).toMatchObject(step);

  const check = () => rest(developer, `POST /environments/${scene.production.id}/drift-check`);
  const open = `GET /incidents?environmentId=${scene.production.id}&status=detected`;
  expect(said(await rest(developer, open))).toEqual({ status: 200, body: list() });
  edit(scene.production, scene.inProduction('Parent').id, pointing('https://hotfix.example.com'));
  const checked = await check();
  expect(said(checked)).toEqual({ status: 202, body: { jobId: id, alreadyRunning: false } });
  expect(await ended(checked)).toEqual(completed);
  const incidents = await rest(developer, open);
  const affected = { workflowId: id, name: 'Parent', driftClass: 'edited' };
  const detected = expect.objectContaining({
    status: 'detected',
    affectedWorkflows: [expect.objectContaining(affected)],
  });
  expect(said(incidents)).toEqual({ status: 200, body: list(detected) });

  const incident = `/incidents/${incidents.body.items[0].id}`;
  const resolved = await rest(admin, `POST ${incident}/resolve`, {
    resolution: 'revert',
    reason: 'Nobody asked for it',
  });
  expect(said(resolved)).toEqual({ status: 202, body: { jobId: id, alreadyRunning: false } });
  expect(await ended(resolved)).toEqual(completed);
  expect((await rest(developer, `GET ${incident}`)).body).toMatchObject({ status: 'closed', resolution: 'revert' });
  const { workflowId } = incidents.body.items[0].affectedWorkflows[0];
  expect((await rest(developer, `GET /workflows/${workflowId}/drift`)).body).toMatchObject({ status: 'in_sync' });
});

test('a thing that is named in a body and is not there is refused by the name of its field', async () => {
  const scene = await ReleaseScene.open(kernel, instances);
  const admin = adminOf(scene.tenant);
  const nobody = '00000000-0000-4000-8000-000000000000';
  const { id: there } = scene.dev;
  const { pipelineId, stageId } = scene.route;
  const ends = { sourceEnvironmentId: there, targetEnvironmentId: nobody };
  const workflowIds = [nobody];
  const asked: [string, object, number, string][] = [
    ['POST /workflows/sync-to-github', { environmentId: nobody }, 404, 'environmentId'],
    ['POST /workflows/sync-from-github', { environmentId: nobody }, 404, 'environmentId'],
    ['POST /snapshots', { environmentId: nobody }, 404, 'environmentId'],
    ['POST /pipelines', { name: 'x', stages: [ends] }, 404, 'stages.0.targetEnvironmentId'],
    ['POST /promotions/initiate', { pipelineId: nobody, stageId, workflowIds }, 404, 'pipelineId'],
    ['POST /promotions/initiate', { pipelineId, stageId: nobody, workflowIds }, 404, 'stageId'],
    ['POST /promotions/initiate', { pipelineId, stageId, workflowIds }, 422, 'workflowIds.0'],
  ];
  for (const [call, body, status, path] of asked) {
    const answer = await rest(admin, call, body);
    expect({ call, ...said(answer) }).toMatchObject({ call, status, body: { errors: [{ path }] } });
  }
});
