import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { work } from '@/lib/features/inventory/environment.fixture';
import { runTick } from '@/lib/kernel/jobs/tick';
import type { Kernel } from '@/lib/kernel/kernel';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { ProviderKind } from '@/lib/ports/workflow-provider';
import { FakeInstance, fakeProvider } from '@/lib/testing/fake-provider';
import { as, type TestTenant } from '@/lib/testing/house';
import { linkingDue } from './jobs';

/** A workflow of three nodes; `step` tells one shape from another, `credentialId` is the instance's own. */
export function chain(name: string, step = name, credentialId = 'c1'): WorkflowDocument {
  const at = { typeVersion: 1, position: [0, 0] };
  const credentials = { httpHeaderAuth: { id: credentialId, name: 'Shop API' } };
  const node = (id: string, type: string, more: object) => ({
    ...at,
    id,
    name: id,
    type: `n8n-nodes-base.${type}`,
    ...more,
  });
  const to = (target: string) => ({ main: [[{ node: target, type: 'main', index: 0 }]] });
  return {
    name,
    nodes: [
      node('Start', 'manualTrigger', { parameters: {} }),
      node('Ask', 'httpRequest', { parameters: { url: `https://shop.example.com/${step}` }, credentials }),
      node('Keep', 'set', { parameters: { step } }),
    ],
    connections: { Start: to('Ask'), Ask: to('Keep') },
    settings: { executionOrder: 'v1' },
  };
}

/** Environments on fake instances of their own, the name telling the class. */
export function fakeEnvironments(...names: readonly ('dev' | 'staging' | 'production')[]) {
  const byName = new Map(names.map((name) => [name as string, new FakeInstance()]));
  const kind: ProviderKind = { ...fakeProvider(...byName.values()), type: 'n8n' };
  return {
    kind,
    instance: (name: string) => byName.get(name)!,
    /** Connects them all for a tenant; ids by name. */
    async connect(kernel: Kernel, tenant: TestTenant): Promise<Record<string, string>> {
      const admin = await as(kernel, tenant, 'admin');
      const ids: Record<string, string> = {};
      for (const [name, { baseUrl, apiKey }] of byName) {
        ids[name] = (await admin(createEnvironment, { name, class: name, baseUrl, apiKey })).id;
      }
      return ids;
    },
  };
}

/** What follows a refresh: the tick that finds it, and the job that it starts. Answers the job, or null when none was due. */
export async function link(kernel: Kernel, tenant: TestTenant) {
  await runTick(kernel, linkingDue.name, new AbortController().signal);
  const due = await kernel.database.asTenant(tenant.id, (db) =>
    db.backgroundJob.findFirst({ where: { type: 'lineage-link', status: 'pending' }, select: { id: true } }),
  );
  return due && work(kernel, tenant, due.id);
}
