import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { work } from '@/lib/features/inventory/environment.fixture';
import { sampleDocument } from '@/lib/features/inventory/instance.fixture';
import { listWorkflows } from '@/lib/features/inventory/workflows/operations';
import type { Kernel } from '@/lib/kernel/kernel';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { edited, Watched } from './drift.fixture';
import { getIncident, listIncidents } from './incidents/operations';
import { resolveIncident } from './reconciliation/operations';

const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

/** Without credentials: a real n8n refuses what names one it does not have. */
function plain(document: WorkflowDocument): WorkflowDocument {
  for (const node of document.nodes) delete node.credentials;
  return { ...document, settings: { ...document.settings, timezone: 'Europe/Berlin' } };
}

describe.each(['1.x', '2.x'] as const)('on a real n8n %s', (line) => {
  let tenant: TestTenant;
  let watched: Watched;
  let n8n: WorkflowProvider;
  let id: string;
  const name = `Drifting ${line} ${Date.now().toString(36)}`;

  beforeAll(async () => {
    const { baseUrl, apiKey } = inject('n8n')[line];
    n8n = kind.connect({ baseUrl, apiKey });
    id = (await n8n.createWorkflow(plain(sampleDocument(name)))).workflow.id;
    await n8n.publishWorkflow(id);
    tenant = await newTenant(kernel);
    const admin = await as(kernel, tenant, 'admin');
    const environment = await admin(createEnvironment, { name: line, class: 'production', baseUrl, apiKey });
    watched = new Watched(kernel, tenant, environment.id);
    await watched.adopt();
  });

  const urlNow = async () => {
    const { document, published } = (await n8n.getWorkflow(id))!;
    const url = ({ nodes }: Pick<WorkflowDocument, 'nodes'>) =>
      (nodes.find((node) => node.name === 'Ask')!.parameters as { url: string }).url;
    return [url(document), published && url(published)];
  };
  const detect = async () => {
    expect(await watched.check()).toMatchObject({
      status: 'completed',
      result: { status: 'drifted', driftedCount: 1 },
    });
    const viewer = await as(kernel, tenant, 'viewer');
    const { items } = await viewer(listIncidents, { environmentId: watched.id, open: true });
    return viewer(getIncident, { id: items[0]!.id });
  };
  const resolve = async (resolution: 'revert' | 'keep', incidentId: string) => {
    const input = { id: incidentId, resolution, reason: 'Because' };
    const { jobId } = await (await as(kernel, tenant, 'admin'))(resolveIncident, input);
    return work(kernel, tenant, jobId);
  };

  test('what was adopted is in sync; an edit behind our back is found, reverted, and in sync again', async () => {
    expect(await watched.check()).toMatchObject({ result: { status: 'clean' } });
    const changed = plain(edited(name));
    await n8n.updateWorkflow(id, { ...changed, settings: { ...changed.settings, executionTimeout: 120 } });
    const incident = await detect();
    expect(incident.affectedWorkflows).toMatchObject([{ name, driftClass: 'edited' }]);
    expect(await resolve('revert', incident.id)).toMatchObject({ status: 'completed', result: { check: 'clean' } });
    expect(await urlNow()).toEqual(['https://shop.example.com', 'https://shop.example.com']);
  });

  test('a hotfix that is kept is what is approved from then on; what was switched off is switched on again', async () => {
    await n8n.updateWorkflow(id, plain(edited(name)));
    expect(await resolve('keep', (await detect()).id)).toMatchObject({
      status: 'completed',
      result: { check: 'clean' },
    });
    expect(await urlNow()).toEqual(['https://elsewhere.example.com', 'https://elsewhere.example.com']);
    await n8n.unpublishWorkflow(id);
    const incident = await detect();
    expect(incident.affectedWorkflows).toMatchObject([{ driftClass: 'deactivated', severity: 'high' }]);
    expect(await resolve('revert', incident.id)).toMatchObject({ status: 'completed', result: { check: 'clean' } });
    expect((await n8n.getWorkflow(id))!.published).not.toBeNull();
  });

  test('a workflow that was deleted in n8n comes back under another id, published', async () => {
    if ((await n8n.getWorkflow(id))!.published) await n8n.unpublishWorkflow(id);
    await n8n.deleteWorkflow(id);
    const incident = await detect();
    expect(incident.affectedWorkflows).toMatchObject([{ name, driftClass: 'deleted' }]);
    expect(await resolve('revert', incident.id)).toMatchObject({ status: 'completed', result: { check: 'clean' } });
    const { items } = await (await as(kernel, tenant, 'viewer'))(listWorkflows, { search: name, presence: 'present' });
    expect(items).toMatchObject([{ active: true }]);
    expect(items[0]!.n8nId).not.toBe(id);
  });
});
