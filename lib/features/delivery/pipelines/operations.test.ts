import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteEnvironment } from '@/lib/features/connections/environments/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { Instances, type Place } from '../delivery.fixture';
import { createPipeline, deletePipeline, getPipeline, listPipelines, resumeStage, updatePipeline } from './operations';
import { holdStage } from './service';

const instances = new Instances();
let kernel: Kernel;
let tenant: TestTenant;
let dev: Place;
let staging: Place;
let production: Place;

beforeAll(async () => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
  tenant = await newTenant(kernel);
  dev = await instances.connect(kernel, tenant, 'dev');
  staging = await instances.connect(kernel, tenant, 'staging');
  production = await instances.connect(kernel, tenant, 'production');
});
afterAll(() => closeHouse(kernel));

const hop = (source: Place, target: Place, more = {}) => ({
  sourceEnvironmentId: source.id,
  targetEnvironmentId: target.id,
  ...more,
});
const admin = () => as(kernel, tenant, 'admin');
const make = async (name: string, ...stages: object[]) => (await admin())(createPipeline, { name, stages });

test('a pipeline has as many stages as it was given, in order, each with an id', async () => {
  const approverIds = [tenant.people.developer.id];
  const made = await make(
    'Whole way',
    hop(dev, staging),
    hop(staging, production, { requireApproval: true, approverIds }),
  );
  expect(made.stages.map(({ source, target }) => [source.name, target.name])).toEqual([
    ['dev', 'staging'],
    ['staging', 'production'],
  ]);
  expect(made.stages[1]).toMatchObject({ requireApproval: true, approvers: [{ userId: approverIds[0] }], hold: null });
  const viewer = await as(kernel, tenant, 'viewer');
  expect(await viewer(getPipeline, { id: made.id })).toEqual(made);
  expect((await viewer(listPipelines, { environmentId: production.id })).items).toContainEqual(made);
});

test.each([
  ['production as a source', () => hop(production, staging), 'stages.0.sourceEnvironmentId'],
  ['dev as a target', () => hop(staging, dev), 'stages.0.targetEnvironmentId'],
])('the action guard refuses %s and names the field', async (_, stage, path) => {
  await expect(make(`Refused ${path}`, stage())).rejects.toMatchObject({
    kind: 'blocked',
    code: 'action_not_allowed',
    errors: [{ path }],
  });
});

test('a stage in a circle with itself, the same stage twice, and an approver from outside or who only looks on are refused by field', async () => {
  const refusal = async (path: string, ...stages: object[]) =>
    await expect(make('Refused', ...stages)).rejects.toMatchObject({ kind: 'invalid', errors: [{ path }] });
  await refusal('stages.0.targetEnvironmentId', hop(staging, staging));
  await refusal('stages.1.targetEnvironmentId', hop(dev, staging), hop(dev, staging));
  await refusal('stages.0.approverIds.0', hop(dev, staging, { approverIds: [dev.id] }));
  await refusal('stages.0.approverIds.0', hop(dev, staging, { approverIds: [tenant.people.viewer.id] }));
});

test('a change decided on an older version is refused; stages keep their ids, go and come', async () => {
  const made = await make('Changing', hop(dev, staging), hop(staging, production));
  const call = await admin();
  const [first] = made.stages;
  const stages = [{ id: first!.id, ...hop(dev, staging, { graceSeconds: 300 }) }, hop(dev, production)];
  const changed = await call(updatePipeline, { id: made.id, stages }, made.version);
  expect(changed.stages[0]).toMatchObject({ id: first!.id, graceSeconds: 300 });
  expect(changed.stages.map(({ target }) => target.name)).toEqual(['staging', 'production']);
  await expect(call(updatePipeline, { id: made.id, name: 'Late' }, made.version)).rejects.toMatchObject({
    code: 'version_mismatch',
  });
  const foreign = [{ id: dev.id, ...hop(dev, staging) }];
  await expect(call(updatePipeline, { id: made.id, stages: foreign })).rejects.toMatchObject({
    errors: [{ path: 'stages.0.id' }],
  });
});

test('a name is taken whatever its case, and by nothing that is only like it', async () => {
  await make('Shop_to 50%', hop(dev, staging));
  const refused = { code: 'name_taken', errors: [{ path: 'name' }] };
  await expect(make('SHOP_TO 50%', hop(dev, staging))).rejects.toMatchObject(refused);
  await make('Shop-to 500', hop(dev, staging));
  await make('Shop-to 5__', hop(dev, staging));
});

test('a stage that is moved about keeps its approval and its approvers', async () => {
  const approverIds = [tenant.people.developer.id];
  const rules = { requireApproval: true, approverIds, allowSelfApproval: true, graceSeconds: 600 };
  const made = await make('Guarded', hop(staging, production, rules));
  const stages = [hop(dev, staging), { id: made.stages[0]!.id, ...hop(staging, production) }];
  const changed = await (await admin())(updatePipeline, { id: made.id, stages });
  const { requireApproval, allowSelfApproval, graceSeconds, approvers } = changed.stages[1]!;
  expect({
    requireApproval,
    approverIds: approvers.map(({ userId }) => userId),
    allowSelfApproval,
    graceSeconds,
  }).toEqual(rules);
  expect(changed.stages[0]).toMatchObject({ requireApproval: false, approvers: [], graceSeconds: 900 });
});

test('an environment that a stage uses is not deleted, and the refusal says what would allow it', async () => {
  const spare = await instances.connect(kernel, tenant, 'staging', 'spare');
  const { id } = await make('Uses spare', hop(dev, spare));
  const call = await admin();
  await expect(call(deleteEnvironment, { id: spare.id })).rejects.toMatchObject({
    kind: 'blocked',
    rule: 'environment_in_use',
  });
  await call(deletePipeline, { id });
  await call(deleteEnvironment, { id: spare.id });
});

test('a stage on hold keeps its pipeline, and is resumed by an admin or its approver alone', async () => {
  const { id, stages } = await make('Held', hop(dev, staging));
  const stageId = stages[0]!.id;
  await kernel.database.asPlatform((db) =>
    holdStage(Object.assign(db, { emit: () => {} }) as never, stageId, { reason: 'rolled back', deploymentId: dev.id }),
  );
  const call = await admin();
  expect((await call(getPipeline, { id })).stages[0]!.hold).toMatchObject({ reason: 'rolled back' });
  await expect(call(deletePipeline, { id })).rejects.toMatchObject({ rule: 'stage_on_hold' });
  const developer = await as(kernel, tenant, 'developer');
  await expect(developer(resumeStage, { id, stageId })).rejects.toMatchObject({ code: 'not_an_approver' });
  const named = [{ id: stageId, ...hop(dev, staging, { approverIds: [tenant.people.developer.id] }) }];
  await call(updatePipeline, { id, stages: named });
  expect((await developer(resumeStage, { id, stageId })).stages[0]!.hold).toBeNull();
  await call(deletePipeline, { id });
});
