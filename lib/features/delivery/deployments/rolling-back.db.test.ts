import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, Instances, idOf, parentDocument, pointing, refreshAll } from '../delivery.fixture';
import { getPipeline, resumeStage } from '../pipelines/operations';
import { ReleaseScene } from '../release.fixture';
import { getDeployment, rollBackDeployment } from './operations';

const HOTFIX = { timezone: 'UTC' };
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

describe('a rollback', () => {
  let parentId: string;
  let first: Awaited<ReturnType<ReleaseScene['release']>>;
  beforeEach(async () => {
    ({ parentId } = await scene.family());
    first = await scene.release([parentId]);
  });

  const rollback = async (id: string, input = {}) => (await scene.admin())(rollBackDeployment, { id, ...input });

  test('shows its plan, runs only when asked, and brings back what was, holding the stage until it is resumed', async () => {
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    const second = await scene.release([parentId]);
    scene.production.instance.calls.length = 0;
    const shown = await rollback(second.id);
    expect(shown).toMatchObject({ status: 'planned', jobId: null, problems: [] });
    expect(shown.plan.steps.map(({ action, name }) => [action, name])).toEqual([['update', 'Parent']]);
    expect(scene.production.instance.calls.filter((call) => call.startsWith('update'))).toEqual([]);

    const { id, jobId } = await rollback(second.id, { execute: true, reason: 'Wrong shop' });
    expect(await scene.work(jobId!)).toMatchObject({
      status: 'completed',
      result: { status: 'completed' },
    });
    expect(JSON.stringify(scene.inProduction('Parent').document)).toContain('https://shop.example.com');
    const call = await scene.admin();
    expect(await call(getDeployment, { id })).toMatchObject({
      kind: 'rollback',
      rollbackOfId: second.id,
      status: 'completed',
    });
    expect((await call(getPipeline, { id: scene.route.pipelineId })).stages[0]!.hold).toMatchObject({
      reason: 'Wrong shop',
    });
    await expect(scene.initiate([parentId])).rejects.toMatchObject({ kind: 'blocked', code: 'stage_on_hold' });
    await call(resumeStage, { id: scene.route.pipelineId, stageId: scene.route.stageId });
    const next = (await scene.initiate([parentId])).workflows.find(({ name }) => name === 'Parent');
    expect(next).toMatchObject({ change: 'modified' });
  });

  test('of what was made sends it to the archive, callers first', async () => {
    const { plan } = await rollback(first.id);
    const archived = plan.steps.filter(({ action }) => action === 'archive').map(({ name }) => name);
    expect(archived.sort()).toEqual(['Child', 'Handler', 'Parent']);
  });

  test('does not take back silently what was edited since', async () => {
    edit(scene.production, scene.inProduction('Parent').id, pointing('https://hotfix.example.com'));
    const { problems } = await rollback(first.id);
    expect(problems).toMatchObject([{ code: 'edited_since', name: 'Parent', severity: 'blocking' }]);
    await expect(rollback(first.id, { execute: true })).rejects.toMatchObject({
      kind: 'blocked',
      code: 'edited_since',
    });
    const { jobId } = await rollback(first.id, { execute: true, overwrite: true });
    expect(await scene.work(jobId!)).toMatchObject({ result: { status: 'completed' } });
  });

  test('that goes over a later release leaves no ancestor of it behind', async () => {
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    await scene.release([parentId]);
    const { jobId } = await rollback(first.id, { execute: true, overwrite: true });
    expect(await scene.work(jobId!)).toMatchObject({ result: { status: 'completed' } });
    const { route, tenant } = scene;
    await (await scene.admin())(resumeStage, { id: route.pipelineId, stageId: route.stageId });
    const baselines = await kernel.database.asTenant(tenant.id, (db) => db.releaseBaseline.count());
    expect(baselines).toBe(0);
  });

  test('does not archive unasked what a later release calls', async () => {
    const { id: childId } = scene.inDev('Child');
    edit(scene.dev, childId, ({ settings }) => void Object.assign(settings, { callerPolicy: 'any' }));
    const other = scene.dev.instance.seed(parentDocument('Other', { child: { workflowId: childId, name: 'Child' } }));
    await refreshAll(kernel, scene.tenant, scene.dev);
    await scene.release([await idOf(kernel, scene.tenant, scene.dev, other.id)]);
    const { problems } = await rollback(first.id);
    expect(problems).toMatchObject([{ code: 'still_called', name: 'Child', severity: 'blocking' }]);
    expect(problems[0]!.detail).toContain('Other calls it');
    await expect(rollback(first.id, { execute: true })).rejects.toMatchObject({ code: 'still_called' });

    scene.inProduction('Other').archived = true;
    expect((await rollback(first.id)).problems).toEqual([]);
  });

  test('of a first release is no conflict for the next one: what it archived comes back', async () => {
    const { jobId } = await rollback(first.id, { execute: true });
    await scene.work(jobId!);
    const { route } = scene;
    await (await scene.admin())(resumeStage, { id: route.pipelineId, stageId: route.stageId });
    edit(scene.dev, 'dev-parent', pointing('https://mended.example.com'));
    const again = await scene.release([parentId]);
    expect(again).toMatchObject({ status: 'completed', problems: [] });
    const standing = [...scene.production.instance.workflows.values()];
    expect(standing.map(({ document, archived }) => [document.name, archived]).sort()).toEqual([
      ['Child', false],
      ['Handler', false],
      ['Parent', false],
    ]);
    expect(JSON.stringify(scene.inProduction('Parent').document)).toContain('https://mended.example.com');
  });

  test('that wrote nothing stays as history beside the next attempt', async () => {
    const refused = await rollback(first.id, { execute: true });
    edit(scene.production, scene.inProduction('Parent').id, pointing('https://hotfix.example.com'));
    expect(await scene.work(refused.jobId!)).toMatchObject({ result: { status: 'failed' } });
    const next = await rollback(first.id, { execute: true, overwrite: true });
    expect(next.id).not.toBe(refused.id);
    const call = await scene.viewer();
    const before = await call(getDeployment, { id: refused.id });
    expect(before).toMatchObject({ status: 'failed', problems: [{ code: 'target_changed', name: 'Parent' }] });
    expect(await call(getDeployment, { id: first.id })).toMatchObject({ rollbackId: next.id });
    expect(await scene.work(next.jobId!)).toMatchObject({ result: { status: 'completed' } });
  });

  test('that was left to people can be asked for again, and takes back what still stands', async () => {
    const { instance } = scene.production;
    const enter = instance.enter.bind(instance);
    let archived = 0;
    instance.enter = (method, ...rest) => {
      enter(method, ...rest);
      if (method !== 'archiveWorkflow' || ++archived !== 2) return;
      for (const name of ['Parent', 'Handler'])
        edit(scene.production, scene.inProduction(name).id, ({ settings }) => void Object.assign(settings, HOTFIX));
    };
    const met = await rollback(first.id, { execute: true });
    expect(await scene.work(met.jobId!)).toMatchObject({ result: { status: 'needs_attention' } });
    instance.enter = enter;

    const again = await rollback(first.id, { execute: true, overwrite: true });
    expect(again.plan.steps.map(({ action, name }) => [action, name])).toEqual([['archive', 'Child']]);
    expect(again.id).not.toBe(met.id);
    expect(await scene.work(again.jobId!)).toMatchObject({ result: { status: 'completed' } });
    expect([...instance.workflows.values()].every((one) => one.archived)).toBe(true);
    await expect(rollback(first.id)).rejects.toMatchObject({ code: 'already_rolled_back' });
    const { can } = await (await scene.admin())(getDeployment, { id: first.id });
    expect(can.rollback).toMatchObject({ allowed: false, reason: expect.stringContaining('rolled back') });
  });

  test('that is half done by hand already names only what could be lost', async () => {
    for (const name of ['Parent', 'Child']) scene.inProduction(name).archived = true;
    const { plan, problems } = await rollback(first.id);
    expect(plan.steps.map(({ action, name }) => [action, name])).toEqual([['archive', 'Handler']]);
    expect(problems).toEqual([]);
  });

  test('is not run by another plan than the one that was looked at', async () => {
    const { plan } = await rollback(first.id);
    edit(scene.production, scene.inProduction('Parent').id, pointing('https://hotfix.example.com'));
    const asked = { execute: true, overwrite: true, planDigest: plan.digest };
    await expect(rollback(first.id, asked)).rejects.toMatchObject({ kind: 'conflict', code: 'plan_changed' });
    expect(scene.inProduction('Parent').archived).toBe(false);
  });

  test('finds what was deleted and made anew under its new id, and makes no second one', async () => {
    const again = async () => {
      edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
      return scene.release([parentId], { choices: [{ workflowId: parentId, resolve: 'overwrite' }] });
    };
    const second = await again();
    scene.production.instance.workflows.delete(scene.inProduction('Parent').id);
    await again();
    const { problems, plan } = await rollback(second.id);
    expect(problems).toMatchObject([{ code: 'released_since', name: 'Parent' }]);
    expect(plan.steps.map(({ action, workflowId }) => [action, workflowId])).toEqual([
      ['update', scene.inProduction('Parent').id],
    ]);
  });

  test('lets what comes back call what comes back with it, by the id that it gets', async () => {
    edit(scene.dev, 'dev-parent', pointing('https://new.example.com'));
    edit(scene.dev, scene.inDev('Child').id, ({ settings }) => void Object.assign(settings, { timezone: 'UTC' }));
    const childId = await idOf(kernel, scene.tenant, scene.dev, scene.inDev('Child').id);
    const second = await scene.release([parentId, childId]);
    const old = scene.inProduction('Child').id;
    scene.production.instance.workflows.delete(old);
    const { jobId } = await rollback(second.id, { execute: true, overwrite: true });
    expect(await scene.work(jobId!)).toMatchObject({ result: { status: 'completed' } });
    const parent = JSON.stringify(scene.inProduction('Parent').document);
    expect(parent).toContain(scene.inProduction('Child').id);
    expect(parent).not.toContain(old);
  });

  test('is for admins and the approvers of the stage', async () => {
    await expect((await scene.developer())(rollBackDeployment, { id: first.id })).rejects.toMatchObject({
      code: 'may_not_roll_back',
    });
    expect(first.can.rollback).toMatchObject({ allowed: false });
  });
});
