import type { TenantDb } from '@/lib/kernel/tenant-transaction';
import type { WorkflowGraph, WorkflowNode } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { documentNode } from '@/lib/workflow/references/document';
import { webhookAddress } from '@/lib/workflow/references/webhook-route';

/** An address under which the outside reaches a workflow. */
export type Route = { method: string; path: string; node: string };

/** Every address that can be known without running the workflow; switched-off nodes have none. */
export const routesOf = ({ nodes }: Pick<WorkflowGraph, 'nodes'>): Route[] =>
  nodes.filter(({ disabled }) => !disabled).flatMap(routesOfNode);

function routesOfNode(node: WorkflowNode): Route[] {
  const address = webhookAddress(documentNode(node));
  if (!address?.route) return [];
  const path = address.route;
  return address.methods.map((method) => ({ method, path, node: node.name }));
}

export const routeKey = ({ method, path }: Route): string => `${method} ${path}`;

/** So many bodies are held at once. */
const BATCH = 100;

/** Who listens where in an environment now, by `METHOD path`, as the inventory knows it; `except` are n8n's ids. */
export async function listeners(
  db: TenantDb,
  environmentId: string,
  except: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const listening = await db.workflow.findMany({
    where: {
      ...{ environmentId, presence: 'present', active: true, archived: false },
      triggers: { hasSome: ['webhook', 'form', 'chat', 'other'] },
    },
    select: { id: true, n8nId: true, name: true },
  });
  const others = listening.filter(({ n8nId }) => !except.has(n8nId));
  const names = new Map(others.map(({ id, name }) => [id, name]));
  const taken = new Map<string, string>();
  for (let start = 0; start < others.length; start += BATCH) {
    const ids = others.slice(start, start + BATCH).map(({ id }) => id);
    const bodies = await db.workflowBody.findMany({ where: { workflowId: { in: ids } } });
    for (const { workflowId, published, draft } of bodies) {
      const { workflow } = readWorkflow(published ?? draft);
      for (const route of workflow ? routesOf(workflow) : []) taken.set(routeKey(route), names.get(workflowId)!);
    }
  }
  return taken;
}
