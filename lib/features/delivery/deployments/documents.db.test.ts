import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { Instances } from '../delivery.fixture';
import { ReleaseScene } from '../release.fixture';
import { getDeployedDocuments } from './operations';

const instances = new Instances();
let kernel: Kernel;

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));

test('a workflow of a deployment is shown as it was before and as it was planned, and only to whom it belongs', async () => {
  const scene = await ReleaseScene.open(kernel, instances);
  const { parentId } = await scene.family();
  const first = await scene.release([parentId]);
  const call = await scene.viewer();
  const { key } = first.workflows.find(({ name }) => name === 'Parent')!;
  const made = await call(getDeployedDocuments, { id: first.id, key });
  expect(made).toMatchObject({ name: 'Parent', before: null, after: { name: 'Parent' } });
  expect(JSON.stringify(made.after)).toContain('prod-shop');
  await expect(call(getDeployedDocuments, { id: first.id, key: 'n8n:none' })).rejects.toMatchObject({
    kind: 'not_found',
  });
  const elsewhere = await ReleaseScene.open(kernel, instances);
  const stranger = await elsewhere.viewer();
  await expect(stranger(getDeployedDocuments, { id: first.id, key })).rejects.toMatchObject({ kind: 'not_found' });
});
