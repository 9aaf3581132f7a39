import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readApprovedIndex } from '@/lib/features/change/approved-state/store';
import { work } from '@/lib/features/inventory/environment.fixture';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import {
  childDocument,
  edit,
  handlerDocument,
  Instances,
  idOf,
  type Place,
  parentDocument,
  pointing,
  refreshAll,
} from '../delivery.fixture';
import { createPipeline, getPipeline, resumeStage, updatePipeline } from '../pipelines/operations';
import { approvePromotion } from '../promotions/decision-operations';
import { chooseForPromotion, getPromotion, initiatePromotion, refreshPromotion } from '../promotions/operations';
import { promotionsDue } from './jobs';
import { executePromotion, getDeployment, listDeployments, rollBackDeployment } from './operations';

const instances = new Instances();
let kernel: Kernel;
let tenant: TestTenant;
let dev: Place;
let production: Place;
let route: { pipelineId: string; stageId: string };

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));

beforeEach(async () => {
  tenant = await newTenant(kernel);
  dev = await instances.connect(kernel, tenant, 'dev');
  production = await instances.connect(kernel, tenant, 'production');
  for (const [place, id] of [
    [dev, 'dev-shop'],
    [production, 'prod-shop'],
  ] as const) {
    place.instance.credentials.push({ id, name: 'Shop API', type: 'httpHeaderAuth', createdAt: null, updatedAt: null });
  }
  const hop = { sourceEnvironmentId: dev.id, targetEnvironmentId: production.id, requireApproval: true };
  const { id, stages } = await (await admin())(createPipeline, { name: 'Release', stages: [hop] });
  route = { pipelineId: id, stageId: stages[0]!.id };
});

const admin = () => as(kernel, tenant, 'admin');
const developer = () => as(kernel, tenant, 'developer');

/** The parent calls the child, who lets only the parent call, and gives its errors to the handler. */
async function family() {
  const handler = dev.instance.seed(handlerDocument('Handler'));
  const child = dev.instance.seed(childDocument('Child', 'dev-parent'));
  const document = parentDocument('Parent', { child: { workflowId: child.id, name: 'Child' }, handler: handler.id });
  const parent = dev.instance.seed(document, { id: 'dev-parent' });
  await refreshAll(kernel, tenant, dev, production);
  return { parent, child, handler, parentId: await idOf(kernel, tenant, dev, parent.id) };
}

const initiate = async (workflowIds: string[], more = {}) =>
  (await developer())(initiatePromotion, { ...route, workflowIds, ...more });

async function approved(workflowIds: string[], more = {}) {
  const { id } = await initiate(workflowIds, more);
  return (await admin())(approvePromotion, { id });
}

/** From the selection to the end of its deployment. */
async function release(workflowIds: string[], more = {}) {
  const { id } = await approved(workflowIds, more);
  const { deploymentId, jobId } = await (await developer())(executePromotion, { id });
  const job = await work(kernel, tenant, jobId);
  expect(job.error).toBeNull();
  return (await developer())(getDeployment, { id: deploymentId });
}

const inProduction = (name: string) =>
  [...production.instance.workflows.values()].find(({ document }) => document.name === name)!;
const index = () => kernel.database.asTenant(tenant.id, (db) => readApprovedIndex(db as never, production.id));

test('the whole path: production’s parent calls production’s child and handler, approved, linked, in history', async () => {
  const { parentId } = await family();
  const deployment = await release([parentId], { choices: [{ workflowId: parentId, active: true }] });
  expect(deployment).toMatchObject({ status: 'completed', problems: [], kind: 'promotion' });
  expect(deployment.workflows.map(({ name, change, status }) => [name, change, status]).sort()).toEqual([
    ['Child', 'created', 'succeeded'],
    ['Handler', 'created', 'succeeded'],
    ['Parent', 'created', 'succeeded'],
  ]);
  expect(deployment.steps.every(({ status }) => status === 'applied')).toBe(true);
  expect(deployment.workflows.find(({ name }) => name === 'Parent')!.verified).not.toEqual([]);

  const [parent, child, handler] = ['Parent', 'Child', 'Handler'].map(inProduction) as [never, never, never];
  const { document, published } = parent as ReturnType<typeof inProduction>;
  expect(published).not.toBeNull();
  expect(document.settings.errorWorkflow).toBe((handler as { id: string }).id);
  expect(JSON.stringify(document)).toContain((child as { id: string }).id);
  expect(JSON.stringify(document)).toContain('prod-shop');
  expect(inProduction('Child').document.settings.callerIds).toBe((parent as { id: string }).id);

  const approvedNow = await index();
  expect(approvedNow!.entries.map(({ name }) => name)).toEqual(['Child', 'Handler', 'Parent']);
  expect(deployment.snapshots).toMatchObject([{ kind: 'promotion', commitSha: deployment.commitSha }]);
  const { status, deploymentId } = await (await developer())(getPromotion, { id: deployment.promotionId! });
  expect([status, deploymentId]).toEqual(['completed', deployment.id]);
  const again = await initiate([parentId]);
  expect(again.problems).toMatchObject([{ code: 'nothing_to_promote' }]);
});

test('50 executions at once have one effect', async () => {
  const { parentId } = await family();
  const { id } = await approved([parentId]);
  const call = await developer();
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => call(executePromotion, { id })));
  const begun = outcomes.filter((one) => one.status === 'fulfilled');
  expect(begun).toHaveLength(1);
  for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'conflict' });
  expect((await call(listDeployments, { promotionId: id })).total).toBe(1);
});

test('what is not approved, not solved or on hold is not executed, and the refusal says what would allow it', async () => {
  const { parentId } = await family();
  const call = await developer();
  const waiting = await initiate([parentId]);
  await expect(call(executePromotion, { id: waiting.id })).rejects.toMatchObject({
    kind: 'blocked',
    code: 'approval_required',
  });
  production.instance.credentials.length = 0;
  const pending = await initiate([parentId]);
  expect(pending.status).toBe('pending');
  await expect(call(executePromotion, { id: pending.id })).rejects.toMatchObject({
    kind: 'blocked',
    code: 'promotion_blocked',
  });
});

test('without an approval on the stage only an admin takes it to production', async () => {
  const { parentId } = await family();
  const hop = { sourceEnvironmentId: dev.id, targetEnvironmentId: production.id, id: route.stageId };
  await (await admin())(updatePipeline, { id: route.pipelineId, stages: [hop] });
  const { id, status } = await initiate([parentId]);
  expect(status).toBe('approved');
  await expect((await developer())(executePromotion, { id })).rejects.toMatchObject({ code: 'may_not_execute' });
  await (await admin())(executePromotion, { id });
});

describe('after a release', () => {
  let parentId: string;
  let first: Awaited<ReturnType<typeof release>>;
  beforeEach(async () => {
    ({ parentId } = await family());
    first = await release([parentId]);
  });

  test('what changed in the source alone is modified, and only that is written', async () => {
    edit(dev, 'dev-parent', pointing('https://new.example.com'));
    const promotion = await initiate([parentId]);
    expect(promotion.workflows.find(({ name }) => name === 'Parent')).toMatchObject({ change: 'modified' });
    expect(promotion.plan!.steps.map(({ action, name }) => [action, name])).toEqual([['update', 'Parent']]);
    const { status } = await release([parentId]);
    expect(status).toBe('completed');
    expect(JSON.stringify(inProduction('Parent').document)).toContain('new.example.com');
  });

  test('a hotfix in the target is seen as one, and together with a change in the source as a conflict', async () => {
    edit(production, inProduction('Parent').id, pointing('https://hotfix.example.com'));
    const change = async () => (await initiate([parentId])).workflows.find(({ name }) => name === 'Parent')!.change;
    expect(await change()).toBe('target_hotfix');
    edit(dev, 'dev-parent', pointing('https://new.example.com'));
    expect(await change()).toBe('conflict');
    const { id } = await initiate([parentId]);
    const choices = [{ workflowId: parentId, resolve: 'overwrite' }];
    expect((await (await developer())(chooseForPromotion, { id, choices })).status).toBe('pending_approval');
  });

  test('an edit of the target after approval voids the plan, is named, and nothing is written', async () => {
    edit(dev, 'dev-parent', pointing('https://new.example.com'));
    const { id } = await approved([parentId]);
    edit(production, inProduction('Parent').id, pointing('https://hotfix.example.com'));
    production.instance.calls.length = 0;
    await expect((await developer())(executePromotion, { id })).rejects.toMatchObject({
      ...{ kind: 'conflict', code: 'plan_moved' },
      errors: expect.arrayContaining([{ path: 'Parent', message: expect.stringMatching(/target changed/) }]),
    });
    expect(production.instance.calls.filter((call) => /create|update|publish|archive/.test(call))).toEqual([]);
    const call = await developer();
    expect((await call(getPromotion, { id })).status).toBe('pending');
    expect((await call(refreshPromotion, { id })).problems).toMatchObject([{ code: 'conflict' }]);
  });

  test('what moved in its layout alone is no movement', async () => {
    edit(dev, 'dev-parent', pointing('https://new.example.com'));
    const { id } = await approved([parentId]);
    edit(production, inProduction('Parent').id, (document) => {
      document.nodes[0]!.position = [500, 500];
    });
    const { jobId } = await (await developer())(executePromotion, { id });
    expect(await work(kernel, tenant, jobId)).toMatchObject({ status: 'completed', result: { status: 'completed' } });
    expect(inProduction('Parent').document.nodes[0]!.position).toEqual([500, 500]);
  });

  test('what goes from the source is archived in the target when it is selected', async () => {
    const parent = dev.instance.workflows.get('dev-parent')!;
    dev.instance.save({ ...parent, archived: true, updatedAt: dev.instance.now() });
    await refreshAll(kernel, tenant, dev);
    const deployment = await release([parentId]);
    expect(deployment.workflows).toMatchObject([{ name: 'Parent', change: 'archived', status: 'succeeded' }]);
    expect(inProduction('Parent').archived).toBe(true);
    expect((await index())!.entries.map(({ name }) => name)).toEqual(['Child', 'Handler']);
  });

  describe('a rollback', () => {
    const rollback = async (id: string, input = {}) => (await admin())(rollBackDeployment, { id, ...input });

    test('shows its plan, runs only when asked, and brings back what was, holding the stage until it is resumed', async () => {
      edit(dev, 'dev-parent', pointing('https://new.example.com'));
      const second = await release([parentId]);
      production.instance.calls.length = 0;
      const shown = await rollback(second.id);
      expect(shown).toMatchObject({ status: 'planned', jobId: null, problems: [] });
      expect(shown.plan.steps.map(({ action, name }) => [action, name])).toEqual([['update', 'Parent']]);
      expect(production.instance.calls.filter((call) => call.startsWith('update'))).toEqual([]);

      const { id, jobId } = await rollback(second.id, { execute: true, reason: 'Wrong shop' });
      expect(await work(kernel, tenant, jobId!)).toMatchObject({
        status: 'completed',
        result: { status: 'completed' },
      });
      expect(JSON.stringify(inProduction('Parent').document)).toContain('https://shop.example.com');
      const call = await admin();
      expect(await call(getDeployment, { id })).toMatchObject({
        kind: 'rollback',
        rollbackOfId: second.id,
        status: 'completed',
      });
      expect((await call(getPipeline, { id: route.pipelineId })).stages[0]!.hold).toMatchObject({
        reason: 'Wrong shop',
      });
      await expect(initiate([parentId])).rejects.toMatchObject({ kind: 'blocked', code: 'stage_on_hold' });
      await call(resumeStage, { id: route.pipelineId, stageId: route.stageId });
      const next = (await initiate([parentId])).workflows.find(({ name }) => name === 'Parent');
      expect(next).toMatchObject({ change: 'modified' });
    });

    test('of what was made sends it to the archive, callers first', async () => {
      const { plan } = await rollback(first.id);
      const archived = plan.steps.filter(({ action }) => action === 'archive').map(({ name }) => name);
      expect(archived.sort()).toEqual(['Child', 'Handler', 'Parent']);
    });

    test('does not take back silently what was edited since', async () => {
      edit(production, inProduction('Parent').id, pointing('https://hotfix.example.com'));
      const { problems } = await rollback(first.id);
      expect(problems).toMatchObject([{ code: 'edited_since', name: 'Parent', severity: 'blocking' }]);
      await expect(rollback(first.id, { execute: true })).rejects.toMatchObject({
        kind: 'blocked',
        code: 'edited_since',
      });
      const { jobId } = await rollback(first.id, { execute: true, overwrite: true });
      expect(await work(kernel, tenant, jobId!)).toMatchObject({ result: { status: 'completed' } });
    });

    test('has one effect, however many are asked for at once', async () => {
      const call = await admin();
      const asked = Array.from({ length: 50 }, () => call(rollBackDeployment, { id: first.id, execute: true }));
      const outcomes = await Promise.allSettled(asked);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await call(listDeployments, { kind: 'rollback' })).total).toBe(1);
    });

    test('is for admins and the approvers of the stage', async () => {
      await expect((await developer())(rollBackDeployment, { id: first.id })).rejects.toMatchObject({
        code: 'may_not_roll_back',
      });
      expect(first.can.rollback).toMatchObject({ allowed: false });
    });
  });
});

describe('a schedule', () => {
  /** As if the clock had been put forward. */
  const shift = (id: string, data: object) =>
    kernel.database.asTenant(tenant.id, (db) => db.promotion.update({ where: { id }, data }));
  const tick = () => runTick(kernel, promotionsDue.name, new AbortController().signal);
  const jobs = (type: string) =>
    kernel.database.asTenant(tenant.id, (db) => db.backgroundJob.findMany({ where: { type }, select: { id: true } }));
  const soon = () => new Date(Date.now() + 3_600_000).toISOString();
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

  test('is executed once by the tick when its time has come', async () => {
    const { parentId } = await family();
    const { id, status } = await approved([parentId], { scheduledAt: soon() });
    expect(status).toBe('scheduled');
    await tick();
    expect(await jobs('promotion-due')).toHaveLength(0);
    await shift(id, { scheduledAt: ago(5) });
    await Promise.all([tick(), tick()]);
    for (const job of await jobs('promotion-due')) await work(kernel, tenant, job.id);
    await tick();
    const runs = await jobs('deployment-run');
    expect([(await jobs('promotion-due')).length, runs.length]).toEqual([1, 1]);
    await work(kernel, tenant, runs[0]!.id);
    expect((await (await developer())(getPromotion, { id })).status).toBe('completed');
  });

  test('past its grace it expires, with notice, and writes nothing', async () => {
    const { parentId } = await family();
    const { id } = await approved([parentId], { scheduledAt: soon() });
    await shift(id, { scheduledAt: ago(3_600), expiresAt: ago(1) });
    await tick();
    for (const job of await jobs('promotion-due')) await work(kernel, tenant, job.id);
    expect((await (await developer())(getPromotion, { id })).status).toBe('expired');
    expect(production.instance.workflows.size).toBe(0);
  });
});
