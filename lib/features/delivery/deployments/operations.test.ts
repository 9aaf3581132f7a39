import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readApprovedIndex } from '@/lib/features/change/approved-state/store';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, Instances, pointing, refreshAll } from '../delivery.fixture';
import { updatePipeline } from '../pipelines/operations';
import { chooseForPromotion, getPromotion } from '../promotions/operations';
import { ReleaseScene, shopCredential } from '../release.fixture';
import { executePromotion, getDeployedDocuments } from './operations';

const instances = new Instances();
let kernel: Kernel;
let scene: ReleaseScene;

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));
beforeEach(async () => {
  scene = await ReleaseScene.open(kernel, instances);
});

const index = () =>
  kernel.database.asTenant(scene.tenant.id, (db) => readApprovedIndex(db as never, scene.production.id));

test('the whole path: production’s parent calls production’s child and handler, approved, linked, in history', async () => {
  const { parentId } = await scene.family();
  const deployment = await scene.release([parentId], { choices: [{ workflowId: parentId, active: true }] });
  expect(deployment).toMatchObject({ status: 'completed', problems: [], kind: 'promotion' });
  expect(deployment.workflows.map(({ name, change, status }) => [name, change, status]).sort()).toEqual([
    ['Child', 'created', 'succeeded'],
    ['Handler', 'created', 'succeeded'],
    ['Parent', 'created', 'succeeded'],
  ]);
  expect(deployment.steps.every(({ status }) => status === 'applied')).toBe(true);
  expect(deployment.workflows.find(({ name }) => name === 'Parent')!.verified).not.toEqual([]);

  const [parent, child, handler] = ['Parent', 'Child', 'Handler'].map((name) => scene.inProduction(name)) as [
    never,
    never,
    never,
  ];
  const { document, published } = parent as ReturnType<ReleaseScene['inProduction']>;
  expect(published).not.toBeNull();
  expect(document.settings.errorWorkflow).toBe((handler as { id: string }).id);
  expect(JSON.stringify(document)).toContain((child as { id: string }).id);
  expect(JSON.stringify(document)).toContain('prod-shop');
  expect(scene.inProduction('Child').document.settings.callerIds).toBe((parent as { id: string }).id);

  const { key } = deployment.workflows.find(({ name }) => name === 'Parent')!;
  const documents = await (await scene.viewer())(getDeployedDocuments, { id: deployment.id, key });
  expect(documents).toMatchObject({ before: null, after: { name: 'Parent', active: true } });

  const approvedNow = await index();
  expect(approvedNow!.entries.map(({ name }) => name)).toEqual(['Child', 'Handler', 'Parent']);
  expect(deployment.snapshots).toMatchObject([{ kind: 'promotion', commitSha: deployment.commitSha }]);
  const { status, deploymentId } = await (await scene.developer())(getPromotion, { id: deployment.promotionId! });
  expect([status, deploymentId]).toEqual(['completed', deployment.id]);
  const again = await scene.initiate([parentId]);
  expect(again.problems).toMatchObject([{ code: 'nothing_to_promote' }]);
});

test('what is not approved, not solved or on hold is not executed, and the refusal says what would allow it', async () => {
  const { parentId } = await scene.family();
  const call = await scene.developer();
  const waiting = await scene.initiate([parentId]);
  await expect(call(executePromotion, { id: waiting.id })).rejects.toMatchObject({
    kind: 'blocked',
    code: 'approval_required',
  });
  scene.production.instance.credentials.length = 0;
  const pending = await scene.initiate([parentId]);
  expect(pending.status).toBe('pending');
  await expect(call(executePromotion, { id: pending.id })).rejects.toMatchObject({
    kind: 'blocked',
    code: 'promotion_blocked',
  });
});

test('without an approval on the stage only an admin takes it to production', async () => {
  const { parentId } = await scene.family();
  const hop = {
    sourceEnvironmentId: scene.dev.id,
    targetEnvironmentId: scene.production.id,
    id: scene.route.stageId,
    requireApproval: false,
  };
  await (await scene.admin())(updatePipeline, { id: scene.route.pipelineId, stages: [hop] });
  const { id, status } = await scene.initiate([parentId]);
  expect(status).toBe('approved');
  await expect((await scene.developer())(executePromotion, { id })).rejects.toMatchObject({ code: 'may_not_execute' });
  await (await scene.admin())(executePromotion, { id });
});

test('a credential found by name and type is a binding from then on: renaming it changes nothing', async () => {
  const { parentId } = await scene.family();
  await scene.release([parentId]);
  const bindings = await kernel.database.asTenant(scene.tenant.id, (db) => db.binding.findMany());
  expect(bindings).toMatchObject([
    { kind: 'credential', requirement: 'httpHeaderAuth:Shop API', value: { n8nId: 'prod-shop' }, lineageId: null },
  ]);
  scene.production.instance.credentials[0] = shopCredential('prod-shop', 'Renamed');
  edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
  const promotion = await scene.initiate([parentId]);
  expect(promotion.problems.map(({ code }) => code)).not.toContain('credential_missing');
  expect(promotion.status).toBe('pending_approval');
});

describe('after a release', () => {
  let parentId: string;
  beforeEach(async () => {
    ({ parentId } = await scene.family());
    await scene.release([parentId]);
  });

  test('what changed in the source alone is modified, and only that is written', async () => {
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    const promotion = await scene.initiate([parentId]);
    expect(promotion.workflows.find(({ name }) => name === 'Parent')).toMatchObject({ change: 'modified' });
    expect(promotion.plan!.steps.map(({ action, name }) => [action, name])).toEqual([['update', 'Parent']]);
    const { status } = await scene.release([parentId]);
    expect(status).toBe('completed');
    expect(JSON.stringify(scene.inProduction('Parent').document)).toContain('new.example.com');
  });

  test('a hotfix in the target is seen as one, and together with a change in the source as a conflict', async () => {
    edit(scene.production, scene.inProduction('Parent').id, pointing('https://hotfix.example.com'));
    const change = async () =>
      (await scene.initiate([parentId])).workflows.find(({ name }) => name === 'Parent')!.change;
    expect(await change()).toBe('target_hotfix');
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    expect(await change()).toBe('conflict');
    const { id } = await scene.initiate([parentId]);
    const choices = [{ workflowId: parentId, resolve: 'overwrite' }];
    expect((await (await scene.developer())(chooseForPromotion, { id, choices })).status).toBe('pending_approval');
  });

  test('what moved in its layout alone is no movement', async () => {
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    const { id } = await scene.approved([parentId]);
    edit(scene.production, scene.inProduction('Parent').id, (document) => {
      document.nodes[0]!.position = [500, 500];
    });
    const { jobId } = await (await scene.developer())(executePromotion, { id });
    expect(await scene.work(jobId)).toMatchObject({ status: 'completed', result: { status: 'completed' } });
    expect(scene.inProduction('Parent').document.nodes[0]!.position).toEqual([500, 500]);
  });

  test('what goes from the source is archived in the target when it is selected', async () => {
    const parent = scene.dev.instance.workflows.get('dev-parent')!;
    scene.dev.instance.save({ ...parent, archived: true, updatedAt: scene.dev.instance.now() });
    await refreshAll(kernel, scene.tenant, scene.dev);
    const deployment = await scene.release([parentId]);
    expect(deployment.workflows).toMatchObject([{ name: 'Parent', change: 'archived', status: 'succeeded' }]);
    expect(scene.inProduction('Parent').archived).toBe(true);
    expect((await index())!.entries.map(({ name }) => name)).toEqual(['Child', 'Handler']);
  });
});
