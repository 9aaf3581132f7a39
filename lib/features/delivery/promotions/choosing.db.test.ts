import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, Instances, idOf, parentDocument, pointing, refreshAll } from '../delivery.fixture';
import { ReleaseScene } from '../release.fixture';
import { chooseForPromotion, getPromotion, listPromotions } from './operations';

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

test('a choice about what the promotion does not carry is refused by name, and changes nothing', async () => {
  const { parentId } = await scene.family();
  const lone = scene.dev.instance.seed(parentDocument('Lone'));
  await refreshAll(kernel, scene.tenant, scene.dev);
  const choices = [{ workflowId: await idOf(kernel, scene.tenant, scene.dev, lone.id), resolve: 'skip' as const }];
  const refused = { kind: 'invalid', code: 'not_in_promotion', errors: [{ path: 'choices.0.workflowId' }] };
  await expect(scene.initiate([parentId], { choices })).rejects.toMatchObject(refused);
  const made = await scene.initiate([parentId]);
  const call = await scene.developer();
  await expect(call(chooseForPromotion, { id: made.id, choices })).rejects.toMatchObject(refused);
  expect(await call(getPromotion, { id: made.id })).toEqual(made);
  const twice = [parentId, parentId].map((workflowId) => ({ workflowId, active: true }));
  await expect(call(chooseForPromotion, { id: made.id, choices: twice })).rejects.toMatchObject({
    kind: 'invalid',
    errors: [{ path: 'choices.1.workflowId' }],
  });
});

test('a promotion is found by a part of a name, and never by a sign that means any name', async () => {
  const { parentId } = await scene.family();
  await scene.initiate([parentId]);
  const found = async (search: string) => (await (await scene.viewer())(listPromotions, { search })).total;
  expect([await found('arent'), await found('%'), await found('_')]).toEqual([1, 0, 0]);
});

test.each(['archived', 'deleted'])(
  'what is called and was %s there blocks, until somebody has it brought back',
  async (how) => {
    const { parentId } = await scene.family();
    await scene.release([parentId]);
    const child = scene.inProduction('Child');
    if (how === 'archived') child.archived = true;
    else scene.production.instance.workflows.delete(child.id);
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    const { id, problems } = await scene.initiate([parentId]);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'callee_absent', severity: 'blocking', name: 'Parent' }),
    );
    const workflowId = await idOf(kernel, scene.tenant, scene.dev, scene.inDev('Child').id);
    const call = await scene.developer();
    const chosen = await call(chooseForPromotion, { id, choices: [{ workflowId, resolve: 'overwrite' }] });
    expect(chosen.problems.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  },
);

test('what is gone from the source does not go from under who calls it there', async () => {
  const { parentId } = await scene.family();
  await scene.release([parentId]);
  const child = scene.inDev('Child');
  scene.dev.instance.save({ ...child, archived: true, updatedAt: scene.dev.instance.now() });
  const childId = await idOf(kernel, scene.tenant, scene.dev, child.id);
  const blocking = async (ids: string[]) =>
    (await scene.initiate(ids)).problems.filter(({ severity }) => severity === 'blocking');
  const stillCalled = expect.objectContaining({ code: 'still_called', name: 'Child' });
  const alone = await blocking([childId]);
  expect(alone).toEqual([stillCalled]);
  expect(alone[0]!.detail).toContain('Parent calls it');
  edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
  const together = await blocking([parentId, childId]);
  expect(together).toContainEqual(expect.objectContaining({ code: 'callee_absent', name: 'Parent' }));
  expect(together).not.toContainEqual(stillCalled);
});
