import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBinding, deleteBinding, updateBinding } from '@/lib/features/change/bindings/operations';
import { linkWorkflow } from '@/lib/features/change/lineages/link-operations';
import type { Kernel } from '@/lib/kernel/kernel';
import type { RemoteWorkflow, WorkflowDocument } from '@/lib/ports/remote-workflow';
import { connectFake } from '@/lib/testing/fake-provider';
import { closeHouse, openHouse } from '@/lib/testing/house';
import { edit, Instances, idOf, type Place, parentDocument, pointing, refreshAll } from '../delivery.fixture';
import { executePromotion } from '../deployments/operations';
import { deletePipeline, updatePipeline } from '../pipelines/operations';
import { ReleaseScene, shopCredential } from '../release.fixture';
import { getPromotion, refreshPromotion } from './operations';

const instances = new Instances();
let kernel: Kernel;
let scene: ReleaseScene;
/** Each test has a workflow of its own, on both sides, with a credential of its own: ids in the source and the target. */
let count = 0;
let source: string;
let target: string;
let workflowId: string;
let lineageId: string;

beforeAll(() => {
  kernel = openHouse({ ports: { providers: new Map([['n8n', instances.kind]]) } });
});
afterAll(() => closeHouse(kernel));

/** So many tests share a tenant; its people may not ask for more plans within a minute. */
const IN_ONE_TENANT = 8;

beforeEach(async () => {
  if (count % IN_ONE_TENANT === 0) {
    scene = await ReleaseScene.open(kernel, instances);
    for (const id of ['second-shop', 'third-shop']) scene.production.instance.credentials.push(shopCredential(id, id));
  }
  count += 1;
  source = stand(scene.dev, 'https://new.example.com');
  target = stand(scene.production, 'https://old.example.com');
  await refreshAll(kernel, scene.tenant, scene.dev, scene.production);
  workflowId = await idOf(kernel, scene.tenant, scene.dev, source);
  const id = await idOf(kernel, scene.tenant, scene.production, target);
  await (await scene.developer())(linkWorkflow, { id, sameAsWorkflowId: workflowId });
  const where = { workflowId };
  const link = await kernel.database.asTenant(scene.tenant.id, (db) => db.workflowLink.findFirstOrThrow({ where }));
  lineageId = link.lineageId!;
});

function stand({ instance }: Place, url: string): string {
  const credential = shopCredential(`${instance === scene.dev.instance ? 'dev' : 'prod'}-${count}`, `Shop ${count}`);
  instance.credentials.push(credential);
  const document = parentDocument(`Flow ${count}`, { url });
  document.nodes[1]!.credentials = { httpHeaderAuth: { id: credential.id, name: credential.name } };
  return instance.seed(document).id;
}

async function bind(input: object): Promise<void> {
  const declared = { environmentId: scene.production.id, reason: 'Because', ...input };
  declaredId = (await (await scene.developer())(createBinding, declared)).id;
}
let declaredId: string;
const rebind = async (value: object) => (await scene.developer())(updateBinding, { id: declaredId, value });
const unbind = async () => (await scene.developer())(deleteBinding, { id: declaredId });
const credential = (n8nId: string) => ({
  ...{ kind: 'credential', requirement: `httpHeaderAuth:Shop ${count}`, value: { n8nId, name: n8nId } },
});
const url = (value: string) => ({ node: 'Ask', path: ['parameters', 'url'], type: 'text', value });
const parameter = (value: string) => ({ kind: 'parameter', lineageId, value: url(value) });

const [ONE, OTHER] = ['https://one.example.com', 'https://other.example.com'];
const settle = (place: Place, id: string, more: (workflow: RemoteWorkflow) => Partial<RemoteWorkflow>) => {
  const workflow = place.instance.workflows.get(id)!;
  place.instance.save({ ...workflow, ...more(workflow), updatedAt: place.instance.now() });
};
const rename = (document: WorkflowDocument) => void Object.assign(document, { name: `Renamed ${count}` });
const zone = ({ settings }: WorkflowDocument) => void Object.assign(settings, { timezone: 'UTC' });
const tagged = () => ({ tags: [{ id: 'tag', name: 'urgent' }] });
const archived = () => ({ archived: true });
const provider = () => connectFake(scene.production.instance);
const forget = (id: string) => {
  const { credentials } = scene.production.instance;
  const at = credentials.findIndex((one) => one.id === id);
  credentials.splice(at, 1);
};

type Movement = [what: string, move: () => unknown, says: RegExp, before?: () => Promise<unknown>];

const OF_SOURCE: Movement[] = [
  ['is edited', () => edit(scene.dev, source, pointing(OTHER)), /source changed/],
  ['is renamed', () => edit(scene.dev, source, rename), /source changed/],
  ['gets other settings', () => edit(scene.dev, source, zone), /source changed/],
  ['is tagged', () => settle(scene.dev, source, tagged), /source changed/],
  ['is archived', () => settle(scene.dev, source, archived), /source changed/],
  ['is deleted', () => scene.dev.instance.workflows.delete(source), /source changed/],
  [
    'is edited where the target has a value of its own, so that the same would be written',
    () => edit(scene.dev, source, pointing(OTHER)),
    /source changed/,
    () => bind(parameter(ONE)),
  ],
];

const OF_TARGET: Movement[] = [
  ['is edited', () => edit(scene.production, target, pointing(OTHER)), /target changed: nodes/],
  ['is renamed', () => edit(scene.production, target, rename), /target changed: name/],
  ['gets other settings', () => edit(scene.production, target, zone), /target changed: .*behaviour/],
  ['is tagged', () => settle(scene.production, target, tagged), /target changed: tags/],
  ['is switched on', () => provider().publishWorkflow(target), /whether it is published/],
  [
    'is switched off',
    () => provider().unpublishWorkflow(target),
    /whether it is published/,
    () => provider().publishWorkflow(target),
  ],
  ['is archived', () => settle(scene.production, target, archived), /whether it is archived/],
  ['is deleted', () => scene.production.instance.workflows.delete(target), /whether it exists/],
];

const OF_BINDING: Movement[] = [
  ['is added', () => bind(credential('second-shop')), /binding/],
  ['is added for this workflow alone', () => bind({ ...credential('second-shop'), lineageId }), /binding/],
  ['is changed', () => rebind(credential('third-shop').value), /binding/, () => bind(credential('second-shop'))],
  ['is removed', unbind, /binding/, () => bind(credential('second-shop'))],
  ['for a parameter is added', () => bind(parameter(ONE)), /binding/],
  ['for a parameter is changed', () => rebind(url(OTHER)), /binding/, () => bind(parameter(ONE))],
  ['for a parameter is removed', unbind, /binding/, () => bind(parameter(ONE))],
  ['found by its name alone loses its credential', () => forget(`prod-${count}`), /has nothing for it/],
  [
    'loses the credential that it names',
    () => forget(`prod-${count}`),
    /no longer has what was chosen/,
    () => bind(credential(`prod-${count}`)),
  ],
];

/** What would be written now, approved. */
async function approved(before?: () => Promise<unknown>): Promise<string> {
  await before?.();
  const { id, status } = await scene.approved([workflowId], { choices: [{ workflowId, resolve: 'overwrite' }] });
  expect(status).toBe('approved');
  return id;
}

const writes = () => scene.production.instance.calls.filter((call) => !/^(get|list|probe|fit)/.test(call));

describe.each([
  ['the source', OF_SOURCE],
  ['the target', OF_TARGET],
  ['a binding', OF_BINDING],
])('after its approval a plan is void once %s', (_, movements) => {
  test.each(movements)('%s', async (_what, move, says, before) => {
    const id = await approved(before);
    await move();
    scene.production.instance.calls.length = 0;
    const call = await scene.developer();
    await expect(call(executePromotion, { id })).rejects.toMatchObject({
      ...{ kind: 'conflict', code: 'plan_moved' },
      errors: expect.arrayContaining([expect.objectContaining({ message: expect.stringMatching(says) })]),
    });
    expect(writes()).toEqual([]);
    const { status, problems } = await call(getPromotion, { id });
    expect([status, problems.map(({ detail }) => detail).join()]).toEqual(['pending', expect.stringMatching(says)]);
    const anew = await call(refreshPromotion, { id });
    expect([anew.status === 'approved', anew.decisions.map(({ counts }) => counts)]).toEqual([false, [false]]);
  });
});

const tidy = ({ nodes }: WorkflowDocument) => {
  for (const node of nodes) node.position = [640, 480];
  const note = { id: 'note', name: 'Note', type: 'n8n-nodes-base.stickyNote', typeVersion: 1, position: [9, 9] };
  nodes.push({ ...note, parameters: { content: 'Tidied' } });
};

test.each([
  ['the source', () => edit(scene.dev, source, tidy)],
  ['the target', () => edit(scene.production, target, tidy)],
  [
    'what is new in the target',
    () => edit(scene.dev, source, tidy),
    async () => void scene.production.instance.workflows.delete(target),
  ],
])('the layout of %s alone voids nothing', async (_, move, before?: () => Promise<unknown>) => {
  const id = await approved(before);
  move();
  const { jobId } = await (await scene.developer())(executePromotion, { id });
  expect(await scene.work(jobId)).toMatchObject({ result: { status: 'completed' } });
});

test('a stage keeps its ends and is not taken away while what was approved is on its way through it', async () => {
  await approved();
  const admin = await scene.admin();
  const { pipelineId, stageId } = scene.route;
  const staging = await instances.connect(kernel, scene.tenant, 'staging');
  const elsewhere = { sourceEnvironmentId: scene.dev.id, targetEnvironmentId: staging.id, requireApproval: true };
  const refused = { kind: 'blocked' };
  for (const stages of [[{ ...elsewhere, id: stageId }], [elsewhere]]) {
    await expect(admin(updatePipeline, { id: pipelineId, stages })).rejects.toMatchObject(refused);
  }
  await expect(admin(deletePipeline, { id: pipelineId })).rejects.toMatchObject(refused);
});
