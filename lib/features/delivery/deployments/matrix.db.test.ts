import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createBinding } from '@/lib/features/change/bindings/operations';
import { getMatrix } from '@/lib/features/change/lineages/matrix-operations';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, Instances, idOf, type Place, pointing, refreshAll } from '../delivery.fixture';
import { createPipeline } from '../pipelines/operations';
import { ReleaseScene, shopCredential } from '../release.fixture';

const instances = new Instances();
let kernel: Kernel;
let scene: ReleaseScene;
let staging: Place;

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));
beforeEach(async () => {
  scene = await ReleaseScene.open(kernel, instances);
  staging = await instances.connect(kernel, scene.tenant, 'staging');
});

const refreshed = () => refreshAll(kernel, scene.tenant, scene.dev, staging, scene.production);
/** How the parent stands in dev, staging and production. */
async function states(): Promise<(string | null)[]> {
  const { items } = await (await scene.viewer())(getMatrix, { search: 'parent' });
  return items[0]!.cells.map((cell) => cell?.state ?? null);
}

/** Another credential in each, and another address in production, are meant. */
async function bindAll(lineageId: string): Promise<void> {
  const call = await scene.admin();
  const reason = 'Each shop has its own.';
  const ends = [
    [staging, 'Shop API', 'Shop API of staging'],
    [scene.production, 'Shop API of staging', 'Shop API of production'],
  ] as const;
  for (const [place, , name] of ends) place.instance.credentials.splice(0, 1, shopCredential('own', name));
  await refreshed();
  for (const [{ id: environmentId }, from, name] of ends) {
    const requirement = `httpHeaderAuth:${from}`;
    await call(createBinding, {
      environmentId,
      kind: 'credential',
      requirement,
      reason,
      value: { n8nId: 'own', name },
    });
  }
  const value = { node: 'Ask', path: ['parameters', 'url'], type: 'text', value: 'https://shop.example.org' };
  await call(createBinding, { environmentId: scene.production.id, kind: 'parameter', lineageId, reason, value });
}

test('what a release made with other credentials and values on purpose is the same, over all stages, until it is edited', async () => {
  const { parentId } = await scene.family();
  const { workflows } = await scene.initiate([parentId]);
  await bindAll(workflows.find(({ name }) => name === 'Parent')!.lineageId);
  const hop = (from: Place, to: Place) => ({ sourceEnvironmentId: from.id, targetEnvironmentId: to.id });
  const stages = [hop(scene.dev, staging), hop(staging, scene.production)].map((stage) => ({
    ...{ ...stage, requireApproval: true },
  }));
  const pipeline = await (await scene.admin())(createPipeline, { name: 'Two stages', stages });
  const route = (at: number) => ({ pipelineId: pipeline.id, stageId: pipeline.stages[at]!.id });

  expect(await scene.release([parentId], route(0))).toMatchObject({ status: 'completed' });
  const inStaging = [...staging.instance.workflows.values()].find(({ document }) => document.name === 'Parent')!;
  const stagedId = await idOf(kernel, scene.tenant, staging, inStaging.id);
  expect(await scene.release([stagedId], route(1))).toMatchObject({ status: 'completed' });
  expect(JSON.stringify(scene.inProduction('Parent').document)).toContain('https://shop.example.org');
  await refreshed();
  expect(await states()).toEqual(['source', 'same', 'same']);

  edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
  await refreshed();
  expect(await states()).toEqual(['source', 'differs', 'differs']);
  edit(scene.dev, 'dev-parent', pointing('https://shop.example.com'));
  edit(staging, inStaging.id, pointing('https://by-hand.example.com'));
  await refreshed();
  expect(await states()).toEqual(['source', 'differs', 'same']);
});
