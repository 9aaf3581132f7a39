import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createEgress } from '@/lib/adapters/egress';
import { n8nProvider } from '@/lib/adapters/n8n';
import { createEnvironment } from '@/lib/features/connections/environments/operations';
import { refresh, work } from '@/lib/features/inventory/environment.fixture';
import type { Kernel } from '@/lib/kernel/kernel';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import type { WorkflowProvider } from '@/lib/ports/workflow-provider';
import { as, closeHouse, newTenant, openHouse, type TestTenant } from '@/lib/testing/house';
import { executePromotion, getDeployment, rollBackDeployment } from './deployments/operations';
import { createPipeline } from './pipelines/operations';
import { approvePromotion } from './promotions/decision-operations';
import { initiatePromotion } from './promotions/operations';

const egress = createEgress({ mode: 'private' });
const kind = n8nProvider({ egress });
const kernel: Kernel = openHouse({ ports: { providers: new Map([['n8n', kind]]) } });
afterAll(async () => {
  await closeHouse(kernel);
  await egress.close();
});

const EXECUTE = 'n8n-nodes-base.executeWorkflow';
const at = (x: number) => ({ position: [x, 0] });

/** Answers a call with its own mark. */
const childDocument = (name: string, mark: string): WorkflowDocument => ({
  name,
  nodes: [
    {
      ...at(0),
      name: 'Start',
      type: `${EXECUTE}Trigger`,
      typeVersion: 1.1,
      parameters: { inputSource: 'passthrough' },
    },
    { ...at(200), name: 'Mark', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: marking(mark) },
  ],
  connections: { Start: { main: [[{ node: 'Mark', type: 'main', index: 0 }]] } },
  settings: { executionOrder: 'v1' },
});
const marking = (value: string) => ({
  assignments: { assignments: [{ id: 'a1', name: 'mark', type: 'string', value }] },
  options: {},
});

/** A webhook that answers with what its child says. */
const parentDocument = (name: string, path: string, childId: string, handlerId: string): WorkflowDocument => ({
  name,
  nodes: [
    {
      ...{ ...at(0), name: 'Receive', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: crypto.randomUUID() },
      parameters: { path, httpMethod: 'GET', responseMode: 'lastNode', options: {} },
    },
    {
      ...{ ...at(200), name: 'Call', type: EXECUTE, typeVersion: 1.2 },
      parameters: { workflowId: { __rl: true, mode: 'id', value: childId }, options: {} },
    },
  ],
  connections: { Receive: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
  settings: { executionOrder: 'v1', errorWorkflow: handlerId },
});

const handlerDocument = (name: string): WorkflowDocument => ({
  name,
  nodes: [{ ...at(0), name: 'On error', type: 'n8n-nodes-base.errorTrigger', typeVersion: 1, parameters: {} }],
  connections: {},
  settings: { executionOrder: 'v1' },
});

type Line = '1.x' | '2.x';

describe.each([
  ['1.x', '2.x'],
  ['2.x', '1.x'],
] as [Line, Line][])('from a real n8n %s to a real n8n %s', (from, to) => {
  let tenant: TestTenant;
  let source: WorkflowProvider;
  let target: WorkflowProvider;
  let sourceId: string;
  let route: { pipelineId: string; stageId: string };
  const suffix = `${from}-${Date.now().toString(36)}`;
  const names = { parent: `Parent ${suffix}`, child: `Child ${suffix}`, handler: `Handler ${suffix}` };
  const path = `release-${suffix.replace('.', '')}`;
  let childId: string;

  beforeAll(async () => {
    tenant = await newTenant(kernel);
    source = kind.connect(inject('n8n')[from]);
    target = kind.connect(inject('n8n')[to]);
    const admin = await as(kernel, tenant, 'admin');
    const connect = async (line: Line, name: string) => {
      const { baseUrl, apiKey } = inject('n8n')[line];
      return (await admin(createEnvironment, { name, class: name, baseUrl, apiKey })).id;
    };
    sourceId = await connect(from, 'dev');
    const hop = { sourceEnvironmentId: sourceId, targetEnvironmentId: await connect(to, 'production') };
    const { id, stages } = await admin(createPipeline, {
      name: 'Release',
      stages: [{ ...hop, requireApproval: true }],
    });
    route = { pipelineId: id, stageId: stages[0]!.id };
    const handler = await source.createWorkflow(handlerDocument(names.handler));
    const child = await source.createWorkflow(childDocument(names.child, 'first'));
    childId = child.workflow.id;
    await source.createWorkflow(parentDocument(names.parent, path, childId, handler.workflow.id));
    await refresh(kernel, tenant, sourceId);
    await refresh(kernel, tenant, hop.targetEnvironmentId);
  });

  const idOf = (name: string) =>
    kernel.database.asTenant(tenant.id, async (db) => {
      const row = await db.workflow.findFirstOrThrow({ where: { environmentId: sourceId, name } });
      return row.id;
    });

  async function release(workflowIds: string[], choices: object[] = []) {
    const developer = await as(kernel, tenant, 'developer');
    const admin = await as(kernel, tenant, 'admin');
    const { id, problems } = await developer(initiatePromotion, { ...route, workflowIds, choices });
    expect(problems.filter(({ severity }) => severity === 'blocking')).toEqual([]);
    await admin(approvePromotion, { id });
    const { deploymentId, jobId } = await developer(executePromotion, { id });
    await work(kernel, tenant, jobId);
    return developer(getDeployment, { id: deploymentId });
  }

  const ask = async () => {
    const response = await fetch(`${inject('n8n')[to].baseUrl}/webhook/${path}`);
    return (await response.json()) as { mark?: string };
  };

  async function inTarget(name: string) {
    for await (const { items } of target.listWorkflows()) {
      const found = items.find(({ document }) => document.name === name);
      if (found) return found;
    }
    throw new Error(`${name} is not in the target.`);
  }

  let first: Awaited<ReturnType<typeof release>>;

  test('production’s parent calls production’s child, hands its errors to production’s handler, and answers', async () => {
    const parentId = await idOf(names.parent);
    first = await release([parentId], [{ workflowId: parentId, active: true }]);
    expect(first).toMatchObject({ status: 'completed', problems: [] });
    const [parent, child, handler] = await Promise.all([names.parent, names.child, names.handler].map(inTarget));
    expect(JSON.stringify(parent!.document.nodes)).toContain(child!.id);
    expect(JSON.stringify(parent!.document.nodes)).not.toContain(childId);
    expect(parent!.document.settings.errorWorkflow).toBe(handler!.id);
    expect(first.workflows.find(({ name }) => name === names.parent)!.verified.join()).toMatch(/listens/);
    expect(await ask()).toMatchObject({ mark: 'first' });
  });

  test('a change of the child arrives, and a rollback takes it back', async () => {
    await source.updateWorkflow(childId, childDocument(names.child, 'second'));
    const second = await release([await idOf(names.child)]);
    expect(second).toMatchObject({ status: 'completed', problems: [] });
    expect(await ask()).toMatchObject({ mark: 'second' });
    const admin = await as(kernel, tenant, 'admin');
    const rollback = await admin(rollBackDeployment, { id: second.id, execute: true });
    await work(kernel, tenant, rollback.jobId!);
    expect(await admin(getDeployment, { id: rollback.id })).toMatchObject({ status: 'completed' });
    expect(await ask()).toMatchObject({ mark: 'first' });
  });
});
