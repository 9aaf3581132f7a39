import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { Instances } from '../delivery.fixture';
import { getPromotion, listPromotions } from '../promotions/operations';
import { ReleaseScene } from '../release.fixture';
import { executePromotion, getDeployment, listDeployments } from './operations';

const instances = new Instances();
let kernel: Kernel;
beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));

test('a promotion and its deployment say which phase the journal is in, alone and in lists', async () => {
  const scene = await ReleaseScene.open(kernel, instances);
  const { parentId } = await scene.family();
  const { id } = await scene.approved([parentId]);
  const { deploymentId } = await (await scene.developer())(executePromotion, { id });
  const call = await scene.viewer();
  const { runId } = await kernel.database.asTenant(scene.tenant.id, (db) =>
    db.deployment.update({ where: { id: deploymentId }, data: { status: 'running' } }),
  );
  for (const status of ['running', 'verifying', 'compensating'] as const) {
    await kernel.database.asTenant(scene.tenant.id, (db) =>
      db.journalRun.update({ where: { id: runId! }, data: { status } }),
    );
    expect(await call(getDeployment, { id: deploymentId })).toMatchObject({ status });
    expect(await call(getPromotion, { id })).toMatchObject({ status });
    for (const asked of ['running', 'verifying', 'compensating'] as const) {
      const found = asked === status ? [{ status }] : [];
      expect((await call(listDeployments, { status: asked })).items).toMatchObject(found);
      expect((await call(listPromotions, { status: asked })).items).toMatchObject(found);
    }
  }
});
