import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Transaction } from '@/lib/kernel/db/database';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { Instances } from '../delivery.fixture';
import { updatePipeline } from '../pipelines/operations';
import { rejectPromotion } from '../promotions/decision-operations';
import { getPromotion, refreshPromotion } from '../promotions/operations';
import { ReleaseScene } from '../release.fixture';
import { promotionsDue } from './jobs';
import { executePromotion } from './operations';

const instances = new Instances();
let kernel: Kernel;
let scene: ReleaseScene;
let parentId: string;

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));
beforeEach(async () => {
  scene = await ReleaseScene.open(kernel, instances);
  ({ parentId } = await scene.family());
});

async function requireApproval(requireApproval: boolean) {
  const ends = { sourceEnvironmentId: scene.dev.id, targetEnvironmentId: scene.production.id };
  const stages = [{ ...ends, id: scene.route.stageId, requireApproval }];
  await (await scene.admin())(updatePipeline, { id: scene.route.pipelineId, stages });
}

/** As if its hour had come. */
async function runDue(id: string) {
  await inTenant((db) => db.promotion.update({ where: { id }, data: { scheduledAt: new Date(Date.now() - 5_000) } }));
  await runTick(kernel, promotionsDue.name, new AbortController().signal);
  const due = await inTenant((db) => db.backgroundJob.findFirstOrThrow({ where: { type: 'promotion-due' } }));
  return scene.work(due.id);
}
const inTenant: <T>(work: (db: Transaction) => Promise<T>) => Promise<T> = (work) =>
  kernel.database.asTenant(scene.tenant.id, work);

test('an approval that the stage asks for since is needed, although the promotion was ready without', async () => {
  await requireApproval(false);
  const { id, status } = await scene.initiate([parentId]);
  expect(status).toBe('approved');
  await requireApproval(true);
  const admin = await scene.admin();
  expect((await admin(getPromotion, { id })).can.execute).toMatchObject({ allowed: false });
  await expect(admin(executePromotion, { id })).rejects.toMatchObject({ kind: 'blocked', code: 'approval_required' });
  expect((await admin(refreshPromotion, { id })).status).toBe('pending_approval');
  await scene.approve(id);
  await admin(executePromotion, { id });
});

const hold = (heldAt: Date | null) =>
  inTenant((db) =>
    db.pipelineStage.update({ where: { id: scene.route.stageId }, data: { heldAt, heldReason: 'Wrong shop' } }),
  );
const use = async (isActive: boolean) =>
  (await scene.admin())(updatePipeline, { id: scene.route.pipelineId, isActive });

test.each([
  ['pipeline out of use', 'pipeline_inactive', /Release is not active/, () => use(false), () => use(true)],
  ['stage on hold', 'stage_on_hold', /on hold: Wrong shop/, () => hold(new Date()), () => hold(null)],
])('a %s lets nothing through: what is approved or due waits, what is not can be rejected', async (...given) => {
  const [, code, reason, close, open] = given;
  const refusal = { kind: 'blocked', code };
  const waiting = await scene.initiate([parentId]);
  const { id } = await scene.approved([parentId]);
  const due = await scene.approved([parentId], { scheduledAt: new Date(Date.now() + 3_600_000).toISOString() });
  await close();
  const developer = await scene.developer();
  const closed = { allowed: false, reason: expect.stringMatching(reason) };
  expect((await developer(getPromotion, { id })).can.execute).toEqual(closed);
  await expect(developer(executePromotion, { id })).rejects.toMatchObject(refusal);
  expect(await runDue(due.id)).toMatchObject({ result: { refused: code } });

  const admin = await scene.admin();
  const { can } = await admin(getPromotion, { id: waiting.id });
  expect(can).toMatchObject({ approve: closed, reject: { allowed: true } });
  await expect(scene.approve(waiting.id)).rejects.toMatchObject(refusal);
  await admin(rejectPromotion, { id: waiting.id });
  await open();
  await developer(executePromotion, { id });
});

test('a policy of the target that forbids it since stops an approved promotion', async () => {
  const { id } = await scene.approved([parentId]);
  const forbid = (forbiddenActions: string[]) =>
    kernel.database.asTenant(scene.tenant.id, (db) =>
      db.environment.update({ where: { id: scene.production.id }, data: { forbiddenActions } }),
    );
  await forbid(['promoteTo']);
  const developer = await scene.developer();
  await expect(developer(executePromotion, { id })).rejects.toMatchObject({ rule: 'environment_policy' });
  await forbid([]);
  await developer(executePromotion, { id });
});

test('a developer’s schedule does not reach production unapproved because the stage asks for no approval any more', async () => {
  const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
  const { id } = await scene.initiate([parentId], { scheduledAt });
  await requireApproval(false);
  expect((await (await scene.developer())(refreshPromotion, { id })).status).toBe('scheduled');
  expect(await runDue(id)).toMatchObject({ result: { refused: 'admin_executes' } });
  expect(scene.production.instance.workflows.size).toBe(0);
});
