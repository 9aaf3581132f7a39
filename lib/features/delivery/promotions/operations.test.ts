import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Kernel } from '@/lib/kernel/kernel';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { childDocument, edit, Instances, idOf, parentDocument, pointing, refreshAll } from '../delivery.fixture';
import { ReleaseScene, shopCredential } from '../release.fixture';
import { approvePromotion, cancelPromotion, rejectPromotion } from './decision-operations';
import {
  chooseForPromotion,
  getPromotion,
  getPromotionDiff,
  initiatePromotion,
  listPromotions,
  refreshPromotion,
} from './operations';
import type { Promotion } from './schema';

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

const codes = ({ problems }: Promotion) => problems.map(({ code }) => code);
const of = ({ workflows }: Promotion, name: string) => workflows.find((one) => one.name === name)!;

test('what something selected needs and the target lacks comes along, callees first, every reference rewritten', async () => {
  const { parentId } = await scene.family();
  const promotion = await scene.initiate([parentId]);
  expect(promotion).toMatchObject({ status: 'pending_approval', workflowCount: 3 });
  expect(codes(promotion).filter((code) => code.endsWith('missing'))).toEqual([]);
  expect(of(promotion, 'Parent')).toMatchObject({ role: 'selected', change: 'added' });
  expect(of(promotion, 'Child')).toMatchObject({ role: 'dependency', change: 'added' });
  expect(of(promotion, 'Handler')).toMatchObject({ role: 'dependency', change: 'added' });
  const created = promotion.plan!.steps.filter(({ action }) => action === 'create').map(({ name }) => name);
  expect(created.indexOf('Child')).toBeLessThan(created.indexOf('Parent'));

  const diff = async (name: string) => {
    const { lineageId } = of(promotion, name);
    return (await scene.viewer())(getPromotionDiff, { id: promotion.id, lineageId });
  };
  const after = JSON.stringify((await diff('Parent')).after);
  expect(after).toContain(`n8nops-new-${of(promotion, 'Child').lineageId}`);
  expect(after).toContain(`n8nops-new-${of(promotion, 'Handler').lineageId}`);
  expect(after).toContain('prod-shop');
  expect(after).not.toContain('dev-shop');
  expect(JSON.stringify((await diff('Child')).after)).toContain(`n8nops-new-${of(promotion, 'Parent').lineageId}`);
});

test('a workflow that an agent has as a tool comes along and is rewritten; what an expression names is shown', async () => {
  const tool = scene.dev.instance.seed(childDocument('Tool'));
  const document = parentDocument('Agent');
  const calling = { typeVersion: 2, position: [0, 0] };
  document.nodes.push(
    { ...calling, name: 'As tool', type: '@n8n/n8n-nodes-langchain.toolWorkflow', parameters: { workflowId: tool.id } },
    { ...calling, name: 'Any', type: 'n8n-nodes-base.executeWorkflow', parameters: { workflowId: '={{ $json.id }}' } },
  );
  const agent = scene.dev.instance.seed(document);
  await refreshAll(kernel, scene.tenant, scene.dev, scene.production);
  const promotion = await scene.initiate([await idOf(kernel, scene.tenant, scene.dev, agent.id)]);
  expect(of(promotion, 'Tool')).toMatchObject({ role: 'dependency', isPlanned: true });
  expect(of(promotion, 'Agent').dependencies).toMatchObject([
    { role: 'tool', name: 'Tool', state: 'in_plan' },
    { role: 'execute', state: 'dynamic' },
  ]);
  expect(promotion.problems).toContainEqual(
    expect.objectContaining({ code: 'dynamic_reference', severity: 'warning', name: 'Agent' }),
  );
  const { lineageId } = of(promotion, 'Agent');
  const diff = await (await scene.viewer())(getPromotionDiff, { id: promotion.id, lineageId });
  expect(JSON.stringify(diff.after)).toContain(`n8nops-new-${of(promotion, 'Tool').lineageId}`);
  expect(JSON.stringify(diff.after)).not.toContain(tool.id);
});

test('the same instances and bindings give the same plan', async () => {
  const { parentId } = await scene.family();
  const [one, other] = [await scene.initiate([parentId]), await scene.initiate([parentId])];
  expect(other.plan!.digest).toBe(one.plan!.digest);
});

test('planning writes nothing to either instance', async () => {
  const { parentId } = await scene.family();
  for (const { instance } of [scene.dev, scene.production]) instance.calls.length = 0;
  await scene.initiate([parentId]);
  const asked = new Set([...scene.dev.instance.calls, ...scene.production.instance.calls]);
  for (const call of asked) expect(call).toMatch(/^(get|list|probe|fit)/);
  expect(scene.production.instance.workflows.size).toBe(0);
});

test('every problem is said at once, each with its remedy, and blocks', async () => {
  scene.production.instance.credentials.length = 0;
  const taken = scene.production.instance.seed(parentDocument('Parent'));
  scene.production.instance.save({
    ...taken,
    published: { ...taken.document, versionId: 'v', name: null, publishedAt: null },
  });
  const dead = { workflowId: 'nowhere', name: 'Gone' };
  const { id } = scene.dev.instance.seed(parentDocument('Parent', { child: dead }));
  await refreshAll(kernel, scene.tenant, scene.dev, scene.production);
  const workflowId = await idOf(kernel, scene.tenant, scene.dev, id);
  const choices = [{ workflowId, active: true }];
  const promotion = await scene.initiate([workflowId], { choices });
  expect(promotion.status).toBe('pending');
  const found = ['credential_missing', 'workflow_missing', 'webhook_taken', 'possible_twin'];
  expect(codes(promotion)).toEqual(expect.arrayContaining(found));
  for (const { remedy } of promotion.problems) expect(remedy).not.toBe('');
  expect(promotion.can.approve).toMatchObject({ allowed: false });
});

describe('what was changed in the target', () => {
  /** A workflow that stands in both, linked, without a release between them. */
  async function standing() {
    const source = scene.dev.instance.seed(parentDocument('Both'), { id: 'same-id' });
    const document = parentDocument('Both');
    document.nodes[1]!.credentials = { httpHeaderAuth: { id: 'prod-shop', name: 'Shop API' } };
    scene.production.instance.seed(document, { id: 'same-id' });
    await refreshAll(kernel, scene.tenant, scene.dev, scene.production);
    const workflowId = await idOf(kernel, scene.tenant, scene.dev, source.id);
    await link('same-id');
    return workflowId;
  }

  /** As somebody links two workflows by hand. */
  async function link(n8nId: string) {
    const actor = { type: 'system', id: null, label: 'test' } as const;
    await kernel.database.asTenant(scene.tenant.id, async (db) => {
      const lineage = await db.lineage.create({ data: { name: 'Both', slug: 'both' } });
      for (const { id } of [scene.dev, scene.production]) {
        const { id: workflowId } = await db.workflow.findFirstOrThrow({ where: { environmentId: id, n8nId } });
        const data = { workflowId, environmentId: id, lineageId: lineage.id, actor };
        await db.workflowLink.deleteMany({ where: { workflowId } });
        await db.workflowLink.create({ data: { ...data, status: 'linked', method: 'explicit' } });
      }
    });
  }

  test('is not written over silently: a person chooses, and may leave it out', async () => {
    const workflowId = await standing();
    expect((await scene.initiate([workflowId])).problems).toMatchObject([{ code: 'nothing_to_promote' }]);
    edit(scene.production, 'same-id', pointing('https://hotfix.example.com'));
    const promotion = await scene.initiate([workflowId]);
    expect(of(promotion, 'Both')).toMatchObject({ change: 'conflict', isPlanned: false });
    expect(promotion.problems).toContainEqual(
      expect.objectContaining({ code: 'conflict', severity: 'blocking', workflowId }),
    );
    const developer = await scene.developer();
    const choose = (resolve: string) =>
      developer(chooseForPromotion, { id: promotion.id, choices: [{ workflowId, resolve }] });
    expect(codes(await choose('skip'))).toEqual(['nothing_to_promote']);
    const overwriting = await choose('overwrite');
    expect(overwriting.status).toBe('pending_approval');
    expect(of(overwriting, 'Both')).toMatchObject({ choice: 'overwrite', isPlanned: true, risk: { level: 'high' } });
  });

  test('what is approved there and unedited is simply older', async () => {
    const workflowId = await standing();
    await approveTarget();
    edit(scene.dev, 'same-id', pointing('https://new.example.com'));
    expect(of(await scene.initiate([workflowId]), 'Both')).toMatchObject({ change: 'modified', isPlanned: true });
  });

  async function approveTarget() {
    const { approveWorkflows } = await import('@/lib/features/change/approved-state/service');
    const { readRemote } = await import('@/lib/features/inventory/workflows/observe');
    const remote = scene.production.instance.workflows.get('same-id')!;
    const lineage = await kernel.database.asTenant(scene.tenant.id, (db) => db.lineage.findFirstOrThrow());
    const actor = { type: 'system', id: null, label: 'test' } as const;
    const tx = (work: (db: never) => Promise<unknown>) =>
      kernel.database.asTenant(scene.tenant.id, (db) => work(Object.assign(db, { emit() {}, audit() {} }) as never));
    await approveWorkflows(
      { tenantId: scene.tenant.id, actor, ports: kernel.ports, tx: tx as never, signal: new AbortController().signal },
      {
        ...{ environmentId: scene.production.id, scope: 'these', message: 'Adopt' },
        workflows: [{ lineage, n8nId: 'same-id', workflow: readRemote(remote).workflow! }],
      },
    );
  }
});

describe('an approval', () => {
  test('is for the plan that stands: any movement of source, target or binding voids it and is named', async () => {
    const { parent, parentId } = await scene.family();
    const admin = await scene.admin();
    const movements: [() => unknown, RegExp][] = [
      [() => edit(scene.dev, parent.id, pointing('https://moved.example.com')), /^Parent: .*source/],
      [() => bind('other-shop'), /^Bindings: .*binding/],
    ];
    for (const [move, what] of movements) {
      const { id } = await scene.initiate([parentId]);
      await move();
      await expect(scene.approve(id)).rejects.toMatchObject({
        code: 'plan_moved',
        errors: [{ path: '', message: expect.stringMatching(what) }],
      });
      const voided = await admin(getPromotion, { id });
      expect(voided).toMatchObject({
        status: 'pending',
        problems: expect.arrayContaining([expect.objectContaining({ code: 'plan_moved' })]),
      });
      expect((await admin(refreshPromotion, { id })).status).toBe('pending_approval');
      expect((await scene.approve(id)).status).toBe('approved');
    }
  });

  async function bind(n8nId: string) {
    scene.production.instance.credentials.push(shopCredential(n8nId, 'Other'));
    const value = { n8nId, name: 'Other' };
    const row = {
      requirement: 'httpHeaderAuth:Shop API',
      value,
      owner: 'ops',
      reason: 'test',
      kind: 'credential' as const,
    };
    await kernel.database.asTenant(scene.tenant.id, (db) =>
      db.binding.create({ data: { ...row, environmentId: scene.production.id } }),
    );
  }

  test('is nobody’s own, unless the stage lets the only member', async () => {
    const { parentId } = await scene.family();
    const admin = await scene.admin();
    const own = await admin(initiatePromotion, { ...scene.route, workflowIds: [parentId] });
    await expect(scene.approve(own.id)).rejects.toMatchObject({ code: 'not_an_approver' });
    await expect((await scene.developer())(approvePromotion, { id: own.id })).rejects.toMatchObject({
      code: 'not_an_approver',
    });
    expect(own.can.approve.reason).toMatch(/own promotion/);
  });

  test('has one effect, however many come at once', async () => {
    const { parentId } = await scene.family();
    const { id } = await scene.initiate([parentId]);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => scene.approve(id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { status, decisions } = await (await scene.viewer())(getPromotion, { id });
    expect([status, decisions.length]).toEqual(['approved', 1]);
  });

  test('may be withheld, and nothing is decided twice or after the end', async () => {
    const { parentId } = await scene.family();
    const admin = await scene.admin();
    const { id } = await scene.initiate([parentId]);
    expect(await admin(rejectPromotion, { id, comment: 'Not today' })).toMatchObject({
      status: 'rejected',
      decisions: [{ verdict: 'rejected', comment: 'Not today', counts: true }],
    });
    await expect(scene.approve(id)).rejects.toMatchObject({ kind: 'conflict', code: 'promotion_rejected' });
    await expect(admin(cancelPromotion, { id })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

test('a workflow that the source does not have is refused by its place in the selection', async () => {
  const { parentId } = await scene.family();
  await expect(scene.initiate([parentId, scene.dev.id])).rejects.toMatchObject({ errors: [{ path: 'workflowIds.1' }] });
  await expect(scene.initiate([parentId], { scheduledAt: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
    errors: [{ path: 'scheduledAt' }],
  });
});

test('what waits is listed for who may decide it: not for its initiator, nor for who only looks', async () => {
  const { parentId } = await scene.family();
  const { id } = await scene.initiate([parentId]);
  const decidable = async (caller: Awaited<ReturnType<typeof scene.admin>>) =>
    (await caller(listPromotions, { decidable: true })).items.map((one) => one.id);
  expect(await decidable(await scene.admin())).toEqual([id]);
  expect(await decidable(await scene.developer())).toEqual([]);
  expect(await decidable(await scene.viewer())).toEqual([]);
  await (await scene.admin())(approvePromotion, { id });
  expect(await decidable(await scene.admin())).toEqual([]);
});

test('promotions are listed by workflow and by how they stand', async () => {
  const { parentId } = await scene.family();
  const { id } = await scene.initiate([parentId]);
  const viewer = await scene.viewer();
  expect((await viewer(listPromotions, { workflowId: parentId })).items).toMatchObject([{ id, workflowCount: 3 }]);
  expect((await viewer(listPromotions, { status: 'completed' })).items).toEqual([]);
});
