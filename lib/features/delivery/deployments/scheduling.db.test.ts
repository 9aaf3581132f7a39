import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { Instances } from '../delivery.fixture';
import { createPipeline } from '../pipelines/operations';
import { getPromotion } from '../promotions/operations';
import { ReleaseScene, shopCredential } from '../release.fixture';
import { promotionsDue } from './jobs';
import { executePromotion, getDeployment } from './operations';

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

describe('a schedule', () => {
  /** As if the clock had been put forward. */
  const shift = (id: string, data: object) =>
    kernel.database.asTenant(scene.tenant.id, (db) => db.promotion.update({ where: { id }, data }));
  const tick = () => runTick(kernel, promotionsDue.name, new AbortController().signal);
  const jobs = (type: string) =>
    kernel.database.asTenant(scene.tenant.id, (db) =>
      db.backgroundJob.findMany({ where: { type }, select: { id: true }, orderBy: { createdAt: 'asc' } }),
    );
  const soon = () => new Date(Date.now() + 3_600_000).toISOString();
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

  test('is executed once by the tick when its time has come', async () => {
    const { parentId } = await scene.family();
    const { id, status } = await scene.approved([parentId], { scheduledAt: soon() });
    expect(status).toBe('scheduled');
    await tick();
    expect(await jobs('promotion-due')).toHaveLength(0);
    await shift(id, { scheduledAt: ago(5) });
    await Promise.all([tick(), tick()]);
    for (const job of await jobs('promotion-due')) await scene.work(job.id);
    await tick();
    const runs = await jobs('deployment-run');
    expect([(await jobs('promotion-due')).length, runs.length]).toEqual([1, 1]);
    await scene.work(runs[0]!.id);
    expect((await (await scene.developer())(getPromotion, { id })).status).toBe('completed');
  });

  test('that was approved for its hour is started before it by who may decide, and by nobody else', async () => {
    const { parentId } = await scene.family();
    const { id } = await scene.approved([parentId], { scheduledAt: soon() });
    const developer = await scene.developer();
    expect((await developer(getPromotion, { id })).can.execute).toMatchObject({ allowed: false });
    await expect(developer(executePromotion, { id })).rejects.toMatchObject({ code: 'may_not_execute' });
    await (await scene.admin())(executePromotion, { id });
  });

  test('past its grace it expires, with notice, and writes nothing', async () => {
    const { parentId } = await scene.family();
    const { id } = await scene.approved([parentId], { scheduledAt: soon() });
    await shift(id, { scheduledAt: ago(3_600), expiresAt: ago(1) });
    await tick();
    for (const job of await jobs('promotion-due')) await scene.work(job.id);
    expect((await (await scene.developer())(getPromotion, { id })).status).toBe('expired');
    expect(scene.production.instance.workflows.size).toBe(0);
  });

  test('what nobody approved goes only on the word of somebody who could still execute it', async () => {
    const { parentId } = await scene.family();
    const staging = await instances.connect(kernel, scene.tenant, 'staging');
    staging.instance.credentials.push(shopCredential('staging-shop'));
    const hop = { sourceEnvironmentId: scene.dev.id, targetEnvironmentId: staging.id };
    const { id: pipelineId, stages } = await (await scene.admin())(createPipeline, { name: 'Fast', stages: [hop] });
    const route = { pipelineId, stageId: stages[0]!.id };
    const { id, status } = await scene.initiate([parentId], { ...route, scheduledAt: soon() });
    expect(status).toBe('scheduled');
    await shift(id, { scheduledAt: ago(5) });
    const becomes = (role: 'viewer' | 'developer') =>
      kernel.database.asPlatform((db) =>
        db.membership.updateMany({ where: { userId: scene.tenant.people.developer.id }, data: { role } }),
      );
    const due = async () => {
      await tick();
      const [job] = (await jobs('promotion-due')).slice(-1);
      return scene.work(job!.id);
    };
    await becomes('viewer');
    expect(await due()).toMatchObject({ result: { refused: 'may_not_execute' } });
    expect(staging.instance.workflows.size).toBe(0);
    await becomes('developer');
    expect(await due()).toMatchObject({ result: { deploymentId: expect.any(String) } });
  });

  test('a deployment whose job was given up is taken up again', async () => {
    const { parentId } = await scene.family();
    const { id } = await scene.approved([parentId]);
    const { deploymentId, jobId } = await (await scene.developer())(executePromotion, { id });
    await kernel.database.asTenant(scene.tenant.id, (db) =>
      db.backgroundJob.update({ where: { id: jobId }, data: { status: 'failed' } }),
    );
    await tick();
    const runs = (await jobs('deployment-run')).filter((job) => job.id !== jobId);
    expect(runs).toHaveLength(1);
    await scene.work(runs[0]!.id);
    expect((await (await scene.viewer())(getDeployment, { id: deploymentId })).status).toBe('completed');
  });
});
