import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { Instances } from '../delivery.fixture';
import { executePromotion } from '../deployments/operations';
import { updatePipeline } from '../pipelines/operations';
import { ReleaseScene } from '../release.fixture';
import { approvePromotion, rejectPromotion } from './decision-operations';
import { chooseForPromotion, getPromotion, listPromotions } from './operations';

const instances = new Instances();
let kernel: Kernel;
let scene: ReleaseScene;
let parentId: string;
let id: string;

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));
beforeEach(async () => {
  scene = await ReleaseScene.open(kernel, instances);
  ({ parentId } = await scene.family());
  ({ id } = await scene.initiate([parentId]));
});

const choices = (active = true) => ({ id, choices: [{ workflowId: parentId, active }] });

test('who chooses what a plan does neither approves nor rejects it, nor is asked to', async () => {
  const admin = await scene.admin();
  const reshaped = await admin(chooseForPromotion, choices());
  expect(reshaped.status).toBe('pending_approval');
  expect(reshaped.can.approve).toEqual({ allowed: false, reason: expect.stringMatching(/You chose/) });
  for (const decide of [approvePromotion, rejectPromotion]) {
    await expect(admin(decide, { id })).rejects.toMatchObject({ code: 'not_an_approver' });
  }
  expect((await admin(listPromotions, { decidable: true })).items).toEqual([]);
});

test('nor does its initiator then, although the plan is no longer the own one alone', async () => {
  const admin = await scene.admin();
  await admin(chooseForPromotion, choices());
  const ends = { sourceEnvironmentId: scene.dev.id, targetEnvironmentId: scene.production.id };
  const approverIds = [scene.tenant.people.developer.id];
  const stages = [{ ...ends, id: scene.route.stageId, requireApproval: true, approverIds }];
  await admin(updatePipeline, { id: scene.route.pipelineId, stages });
  await expect((await scene.developer())(approvePromotion, { id })).rejects.toMatchObject({ code: 'not_an_approver' });
});

test('what is chosen after an approval takes another one, and that is for the plan that it made', async () => {
  const before = await scene.approve(id);
  const developer = await scene.developer();
  const chosen = await developer(chooseForPromotion, choices());
  expect(chosen.status).toBe('pending_approval');
  await expect(developer(executePromotion, { id })).rejects.toMatchObject({ code: 'approval_required' });
  const admin = await scene.admin();
  const decide = ({ plan }: typeof chosen) => admin(approvePromotion, { id, planDigest: plan!.digest });
  await expect(decide(before)).rejects.toMatchObject({ code: 'plan_changed' });
  await decide(chosen);
  const { status, decisions } = await developer(getPromotion, { id });
  expect([status, decisions.map(({ counts }) => counts)]).toEqual(['approved', [false, true]]);
});
