import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, Instances, pointing } from '../delivery.fixture';
import { getPromotion } from '../promotions/operations';
import { ReleaseScene } from '../release.fixture';
import { executePromotion, getDeployment, rollBackDeployment, stopDeployment } from './operations';

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

/** Started by the developer, and not yet taken up. */
async function started() {
  const { parentId } = await scene.family();
  const { id: promotionId } = await scene.approved([parentId]);
  return { promotionId, parentId, ...(await (await scene.developer())(executePromotion, { id: promotionId })) };
}

test('one that has not begun writes nothing, whoever else asks, and can be promoted anew', async () => {
  const { promotionId, parentId, deploymentId: id, jobId } = await started();
  const developer = await scene.developer();
  const asked = await developer(stopDeployment, { id, reason: 'The wrong shop' });
  expect(asked.stopAsked).toMatchObject({ by: expect.stringContaining('developer@'), reason: 'The wrong shop' });
  const again = await (await scene.admin())(stopDeployment, { id, reason: 'Me too' });
  expect(again.stopAsked).toEqual(asked.stopAsked);
  await scene.work(jobId);
  expect(await developer(getDeployment, { id })).toMatchObject({
    status: 'failed',
    problems: [{ code: 'stopped' }],
    can: { stop: { allowed: false, reason: 'It does not run.' } },
  });
  expect(scene.production.instance.workflows.size).toBe(0);
  expect((await developer(getPromotion, { id: promotionId })).status).toBe('failed');
  expect(await scene.release([parentId])).toMatchObject({ status: 'completed' });
});

test('one that writes is taken back, and is not stopped twice', async () => {
  const { deploymentId: id, jobId } = await started();
  const admin = await scene.admin();
  const { connect } = instances.kind;
  let asking: Promise<unknown> | undefined;
  instances.kind.connect = (connection) => {
    const provider = connect(connection);
    const createWorkflow: typeof provider.createWorkflow = async (...args) => {
      const made = await provider.createWorkflow(...args);
      asking ??= admin(stopDeployment, { id });
      await asking;
      return made;
    };
    return { ...provider, createWorkflow };
  };
  expect(await scene.work(jobId)).toMatchObject({ result: { status: 'rolled_back' } });
  instances.kind.connect = connect;
  expect([...scene.production.instance.workflows.values()].filter(({ archived }) => !archived)).toEqual([]);
  await expect(admin(stopDeployment, { id })).rejects.toMatchObject({ kind: 'conflict', code: 'cannot_stop' });
});

test('one whose writes are over and whose record is not kept yet can be neither stopped nor rolled back, and says so', async () => {
  const { deploymentId: id } = await started();
  await kernel.database.asTenant(scene.tenant.id, async (db) => {
    const { runId } = await db.deployment.update({ where: { id }, data: { status: 'running' } });
    await db.journalRun.update({ where: { id: runId! }, data: { status: 'completed' } });
  });
  const admin = await scene.admin();
  const refused = { allowed: false, reason: expect.stringContaining('being recorded') };
  expect((await admin(getDeployment, { id })).can).toEqual({ stop: refused, rollback: refused });
  await expect(admin(stopDeployment, { id })).rejects.toMatchObject({ code: 'cannot_stop' });
});

test('is for who started it, admins, and the approvers of its stage', async () => {
  const { parentId } = await scene.family();
  const first = await scene.release([parentId]);
  edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
  const rollback = await (await scene.admin())(rollBackDeployment, { id: first.id, execute: true });
  const developer = await scene.developer();
  const { can } = await developer(getDeployment, { id: rollback.id });
  expect(can.stop).toMatchObject({ allowed: false });
  await expect(developer(stopDeployment, { id: rollback.id })).rejects.toMatchObject({ code: 'may_not_stop' });
  await (await scene.admin())(stopDeployment, { id: rollback.id });
  expect(await scene.work(rollback.jobId!)).toMatchObject({ result: { status: 'failed' } });
});
