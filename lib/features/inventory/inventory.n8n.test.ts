import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createEnvironment, getEnvironment } from '@/lib/features/connections/environments/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { refresh } from './environment.fixture';
import { sampleDocument } from './instance.fixture';
import { uploadWorkflows } from './workflows/file-operations';
import { getWorkflow, listWorkflows } from './workflows/operations';
import {
  activateWorkflow,
  deactivateWorkflow,
  deleteWorkflow,
  setWorkflowTags,
  updateWorkflow,
} from './workflows/write-operations';

const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

/** Without credentials: a real n8n refuses what names one it does not have. */
function plainDocument(name: string) {
  const document = sampleDocument(name);
  for (const node of document.nodes) delete node.credentials;
  return document;
}

describe.each(['1.x', '2.x'] as const)('on a real n8n %s', (line) => {
  let tenant: TestTenant;
  let environmentId: string;
  let n8n: WorkflowProvider;
  const suffix = Date.now().toString(36);
  const named = (text: string) => `${text} ${suffix}`;

  beforeAll(async () => {
    const { baseUrl, apiKey } = inject('n8n')[line];
    n8n = kind.connect({ baseUrl, apiKey });
    tenant = await newTenant(kernel);
    for (const name of ['Stays', 'Goes', 'Moves']) await n8n.createWorkflow(plainDocument(named(name)));
    const admin = await as(kernel, tenant, 'admin');
    environmentId = (await admin(createEnvironment, { name: line, class: 'dev', baseUrl, apiKey })).id;
  });

  const find = async (name: string) => {
    const viewer = await as(kernel, tenant, 'viewer');
    const { items } = await viewer(listWorkflows, { environmentId, search: named(name), archived: 'all' });
    return items[0];
  };

  test('a refresh brings what is there; a second one writes nothing', async () => {
    const first = await refresh(kernel, tenant, environmentId);
    expect(first).toMatchObject({ status: 'completed' });
    expect(await find('Stays')).toMatchObject({ active: false, nodeCount: 2, triggers: ['webhook'], problemCount: 0 });
    const second = await refresh(kernel, tenant, environmentId);
    expect(second.result).toMatchObject({ phases: [{ changed: 0, missing: 0 }, {}, {}, {}, {}] });
    const { axes } = await (await as(kernel, tenant, 'viewer'))(getEnvironment, { id: environmentId });
    expect(axes).toMatchObject({ connection: { status: 'connected' }, freshness: { status: 'fresh' } });
  });

  test('what was made in n8n appears, what was deleted there is missing', async () => {
    await n8n.createWorkflow(plainDocument(named('Appears')));
    await n8n.deleteWorkflow((await find('Goes'))!.n8nId);
    await refresh(kernel, tenant, environmentId);
    expect(await find('Appears')).toMatchObject({ presence: 'present' });
    expect(await find('Goes')).toMatchObject({ presence: 'missing' });
    expect(await find('Stays')).toMatchObject({ presence: 'present' });
  });

  test('switching, tagging and saving arrive in n8n, and the cache knows without a refresh', async () => {
    const developer = await as(kernel, tenant, 'developer');
    const { id, n8nId } = (await find('Stays'))!;
    expect(await developer(activateWorkflow, { id })).toMatchObject({ workflow: { active: true } });
    expect((await n8n.getWorkflow(n8nId))!.published).not.toBeNull();
    expect(await developer(deactivateWorkflow, { id })).toMatchObject({ workflow: { active: false } });
    const tag = `tag-${suffix}`;
    await n8n.createTag(tag).catch(() => undefined);
    expect((await developer(setWorkflowTags, { id, tags: [tag] })).workflow.tags).toEqual([tag]);
    const saved = await developer(updateWorkflow, { id, name: named('Stays renamed') });
    expect(saved).toMatchObject({ status: 'applied', workflow: { name: named('Stays renamed'), tags: [tag] } });
    expect(await refresh(kernel, tenant, environmentId)).toMatchObject({
      result: { phases: [{ changed: 0 }, {}, {}, {}, {}] },
    });
  });

  test('what moved in n8n is not written over', async () => {
    const developer = await as(kernel, tenant, 'developer');
    const { id, n8nId } = (await find('Moves'))!;
    await n8n.updateWorkflow(n8nId, { ...plainDocument(named('Moved by hand')) });
    await expect(developer(updateWorkflow, { id, name: 'Mine' })).rejects.toMatchObject({
      code: 'changed_on_instance',
    });
    expect((await developer(getWorkflow, { id })).name).toBe(named('Moved by hand'));
  });

  test('an upload is created, and deleted for good by its name; archiving says when n8n cannot', async () => {
    const admin = await as(kernel, tenant, 'admin');
    const bytes = Buffer.from(JSON.stringify(plainDocument(named('Uploaded'))));
    const files = [{ name: 'a.json', contentType: 'application/json', bytes }];
    const { results } = await admin(uploadWorkflows, { environmentId, files });
    expect(results).toMatchObject([{ status: 'created' }]);
    const { id, name, n8nId } = results[0]!.workflow!;
    const archived = admin(deleteWorkflow, { id });
    if (line === '1.x') await expect(archived).rejects.toMatchObject({ rule: 'instance_cannot' });
    else expect(await archived).toMatchObject({ workflow: { archived: true } });
    expect(await admin(deleteWorkflow, { id, hard: true, confirmName: name })).toMatchObject({
      workflow: { presence: 'missing' },
    });
    expect(await n8n.getWorkflow(n8nId)).toBeNull();
  });
});
