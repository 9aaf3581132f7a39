import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
import { createPipeline } from '../pipelines/operations';
import { approvePromotion, cancelPromotion, rejectPromotion } from './decision-operations';
import {
  chooseForPromotion,
  comparePromotion,
  getPromotion,
  getPromotionDiff,
  initiatePromotion,
  listPromotions,
  refreshPromotion,
} from './operations';
import type { Promotion } from './schema';

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

/** Each test has a tenant with dev and production, and a stage between them that asks for approval. */
beforeEach(async () => {
  tenant = await newTenant(kernel);
  dev = await instances.connect(kernel, tenant, 'dev');
  production = await instances.connect(kernel, tenant, 'production');
  dev.instance.credentials.push(shop('dev-shop'));
  production.instance.credentials.push(shop('prod-shop'));
  const hop = { sourceEnvironmentId: dev.id, targetEnvironmentId: production.id, requireApproval: true };
  const admin = await as(kernel, tenant, 'admin');
  const { id, stages } = await admin(createPipeline, { name: 'Release', stages: [hop] });
  route = { pipelineId: id, stageId: stages[0]!.id };
});

const shop = (id: string) => ({ id, name: 'Shop API', type: 'httpHeaderAuth', createdAt: null, updatedAt: null });
const codes = ({ problems }: Promotion) => problems.map(({ code }) => code);
const of = ({ workflows }: Promotion, name: string) => workflows.find((one) => one.name === name)!;

/** A family in dev: the parent calls the child, who lets only the parent call; the handler takes errors. */
async function family() {
  const handler = dev.instance.seed(handlerDocument('Handler'));
  const child = dev.instance.seed(childDocument('Child', 'dev-parent'));
  const document = parentDocument('Parent', { child: { workflowId: child.id, name: 'Child' }, handler: handler.id });
  const parent = dev.instance.seed(document, { id: 'dev-parent' });
  await refreshAll(kernel, tenant, dev, production);
  return { parent, child, handler, parentId: await idOf(kernel, tenant, dev, parent.id) };
}

const initiate = async (workflowIds: string[], more = {}): Promise<Promotion> =>
  (await as(kernel, tenant, 'developer'))(initiatePromotion, { ...route, workflowIds, ...more });

test('what something selected needs and the target lacks comes along, callees first, every reference rewritten', async () => {
  const { parentId } = await family();
  const promotion = await initiate([parentId]);
  expect(promotion).toMatchObject({ status: 'pending_approval', workflowCount: 3 });
  expect(codes(promotion).filter((code) => code.endsWith('missing'))).toEqual([]);
  expect(of(promotion, 'Parent')).toMatchObject({ role: 'selected', change: 'added' });
  expect(of(promotion, 'Child')).toMatchObject({ role: 'dependency', change: 'added' });
  expect(of(promotion, 'Handler')).toMatchObject({ role: 'dependency', change: 'added' });
  const created = promotion.plan!.steps.filter(({ action }) => action === 'create').map(({ name }) => name);
  expect(created.indexOf('Child')).toBeLessThan(created.indexOf('Parent'));

  const diff = async (name: string) => {
    const { lineageId } = of(promotion, name);
    return (await as(kernel, tenant, 'viewer'))(getPromotionDiff, { id: promotion.id, lineageId });
  };
  const after = JSON.stringify((await diff('Parent')).after);
  expect(after).toContain(`n8nops-new-${of(promotion, 'Child').lineageId}`);
  expect(after).toContain(`n8nops-new-${of(promotion, 'Handler').lineageId}`);
  expect(after).toContain('prod-shop');
  expect(after).not.toContain('dev-shop');
  expect(JSON.stringify((await diff('Child')).after)).toContain(`n8nops-new-${of(promotion, 'Parent').lineageId}`);
});

test('the same instances and bindings give the same plan', async () => {
  const { parentId } = await family();
  const [one, other] = [await initiate([parentId]), await initiate([parentId])];
  expect(other.plan!.digest).toBe(one.plan!.digest);
});

test('planning writes nothing to either instance', async () => {
  const { parentId } = await family();
  for (const { instance } of [dev, production]) instance.calls.length = 0;
  await initiate([parentId]);
  const asked = new Set([...dev.instance.calls, ...production.instance.calls]);
  for (const call of asked) expect(call).toMatch(/^(get|list|probe|fit)/);
  expect(production.instance.workflows.size).toBe(0);
});

test('every problem is said at once, each with its remedy, and blocks', async () => {
  production.instance.credentials.length = 0;
  const taken = production.instance.seed(parentDocument('Parent'));
  production.instance.save({
    ...taken,
    published: { ...taken.document, versionId: 'v', name: null, publishedAt: null },
  });
  const dead = { workflowId: 'nowhere', name: 'Gone' };
  const { id } = dev.instance.seed(parentDocument('Parent', { child: dead }));
  await refreshAll(kernel, tenant, dev, production);
  const workflowId = await idOf(kernel, tenant, dev, id);
  const choices = [{ workflowId, active: true }];
  const promotion = await initiate([workflowId], { choices });
  expect(promotion.status).toBe('pending');
  const found = ['credential_missing', 'workflow_missing', 'webhook_taken', 'possible_twin'];
  expect(codes(promotion)).toEqual(expect.arrayContaining(found));
  for (const { remedy } of promotion.problems) expect(remedy).not.toBe('');
  expect(promotion.can.approve).toMatchObject({ allowed: false });
});

describe('what was changed in the target', () => {
  /** A workflow that stands in both, linked, without a release between them. */
  async function standing() {
    const source = dev.instance.seed(parentDocument('Both'), { id: 'same-id' });
    const document = parentDocument('Both');
    document.nodes[1]!.credentials = { httpHeaderAuth: { id: 'prod-shop', name: 'Shop API' } };
    production.instance.seed(document, { id: 'same-id' });
    await refreshAll(kernel, tenant, dev, production);
    const workflowId = await idOf(kernel, tenant, dev, source.id);
    await link('same-id');
    return workflowId;
  }

  /** As somebody links two workflows by hand. */
  async function link(n8nId: string) {
    const actor = { type: 'system', id: null, label: 'test' } as const;
    await kernel.database.asTenant(tenant.id, async (db) => {
      const lineage = await db.lineage.create({ data: { name: 'Both', slug: 'both' } });
      for (const { id } of [dev, production]) {
        const { id: workflowId } = await db.workflow.findFirstOrThrow({ where: { environmentId: id, n8nId } });
        const data = { workflowId, environmentId: id, lineageId: lineage.id, actor };
        await db.workflowLink.deleteMany({ where: { workflowId } });
        await db.workflowLink.create({ data: { ...data, status: 'linked', method: 'explicit' } });
      }
    });
  }

  test('is not written over silently: a person chooses, and may leave it out', async () => {
    const workflowId = await standing();
    expect((await initiate([workflowId])).problems).toMatchObject([{ code: 'nothing_to_promote' }]);
    edit(production, 'same-id', pointing('https://hotfix.example.com'));
    const promotion = await initiate([workflowId]);
    expect(of(promotion, 'Both')).toMatchObject({ change: 'conflict', isPlanned: false });
    expect(promotion.problems).toContainEqual(
      expect.objectContaining({ code: 'conflict', severity: 'blocking', workflowId }),
    );
    const developer = await as(kernel, tenant, 'developer');
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
    edit(dev, 'same-id', pointing('https://new.example.com'));
    expect(of(await initiate([workflowId]), 'Both')).toMatchObject({ change: 'modified', isPlanned: true });
  });

  async function approveTarget() {
    const { approveWorkflows } = await import('@/lib/features/change/approved-state/service');
    const { readRemote } = await import('@/lib/features/inventory/workflows/observe');
    const remote = production.instance.workflows.get('same-id')!;
    const lineage = await kernel.database.asTenant(tenant.id, (db) => db.lineage.findFirstOrThrow());
    const actor = { type: 'system', id: null, label: 'test' } as const;
    const tx = (work: (db: never) => Promise<unknown>) =>
      kernel.database.asTenant(tenant.id, (db) => work(Object.assign(db, { emit() {}, audit() {} }) as never));
    await approveWorkflows(
      { tenantId: tenant.id, actor, ports: kernel.ports, tx: tx as never, signal: new AbortController().signal },
      {
        ...{ environmentId: production.id, scope: 'these', message: 'Adopt' },
        workflows: [{ lineage, n8nId: 'same-id', workflow: readRemote(remote).workflow! }],
      },
    );
  }
});

describe('an approval', () => {
  const approve = async (id: string, role: 'admin' | 'developer' = 'admin') =>
    (await as(kernel, tenant, role))(approvePromotion, { id });

  test('is for the plan that stands: any movement of source, target or binding voids it and is named', async () => {
    const { parent, parentId } = await family();
    const admin = await as(kernel, tenant, 'admin');
    const movements: [string, () => unknown, RegExp][] = [
      ['Parent', () => edit(dev, parent.id, pointing('https://moved.example.com')), /source/],
      ['Bindings', () => bind('other-shop'), /binding/],
    ];
    for (const [name, move, what] of movements) {
      const { id } = await initiate([parentId]);
      await move();
      await expect(approve(id)).rejects.toMatchObject({
        code: 'plan_moved',
        errors: [{ path: name, message: expect.stringMatching(what) }],
      });
      const voided = await admin(getPromotion, { id });
      expect(voided).toMatchObject({
        status: 'pending',
        problems: expect.arrayContaining([expect.objectContaining({ code: 'plan_moved' })]),
      });
      expect((await admin(refreshPromotion, { id })).status).toBe('pending_approval');
      expect((await approve(id)).status).toBe('approved');
    }
  });

  async function bind(n8nId: string) {
    production.instance.credentials.push({ ...shop(n8nId), name: 'Other' });
    const value = { n8nId, name: 'Other' };
    const row = {
      requirement: 'httpHeaderAuth:Shop API',
      value,
      owner: 'ops',
      reason: 'test',
      kind: 'credential' as const,
    };
    await kernel.database.asTenant(tenant.id, (db) =>
      db.binding.create({ data: { ...row, environmentId: production.id } }),
    );
  }

  test('is nobody’s own, unless the stage lets the only member', async () => {
    const { parentId } = await family();
    const admin = await as(kernel, tenant, 'admin');
    const own = await admin(initiatePromotion, { ...route, workflowIds: [parentId] });
    await expect(approve(own.id)).rejects.toMatchObject({ code: 'not_an_approver' });
    await expect(approve(own.id, 'developer')).rejects.toMatchObject({ code: 'not_an_approver' });
    expect(own.can.approve.reason).toMatch(/own promotion/);
  });

  test('has one effect, however many come at once', async () => {
    const { parentId } = await family();
    const { id } = await initiate([parentId]);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => approve(id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { status, decisions } = await (await as(kernel, tenant, 'viewer'))(getPromotion, { id });
    expect([status, decisions.length]).toEqual(['approved', 1]);
  });

  test('may be withheld, and nothing is decided twice or after the end', async () => {
    const { parentId } = await family();
    const admin = await as(kernel, tenant, 'admin');
    const { id } = await initiate([parentId]);
    expect(await admin(rejectPromotion, { id, comment: 'Not today' })).toMatchObject({
      status: 'rejected',
      decisions: [{ verdict: 'rejected', comment: 'Not today', counts: true }],
    });
    await expect(approve(id)).rejects.toMatchObject({ kind: 'conflict', code: 'promotion_rejected' });
    await expect(admin(cancelPromotion, { id })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

test('a workflow that the source does not have is refused by its place in the selection', async () => {
  const { parentId } = await family();
  await expect(initiate([parentId, dev.id])).rejects.toMatchObject({ errors: [{ path: 'workflowIds.1' }] });
  await expect(initiate([parentId], { scheduledAt: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
    errors: [{ path: 'scheduledAt' }],
  });
});

test('the comparison of a stage is told from the inventory, and promotions are listed by workflow', async () => {
  const { parentId } = await family();
  const viewer = await as(kernel, tenant, 'viewer');
  const { counts, workflows } = await viewer(comparePromotion, route);
  expect([counts.added, workflows.length]).toEqual([3, 3]);
  const { id } = await initiate([parentId]);
  expect((await viewer(listPromotions, { workflowId: parentId })).items).toMatchObject([{ id, workflowCount: 3 }]);
  expect((await viewer(listPromotions, { status: 'completed' })).items).toEqual([]);
});
