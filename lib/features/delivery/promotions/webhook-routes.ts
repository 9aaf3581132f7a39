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

/** Who listens where in an environment now, by `METHOD path`, as the inventory knows it; `except` are n8n's ids. */
export async function listeners(
  db: TenantDb,
  environmentId: string,
  except: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const rows = await db.workflow.findMany({
    where: {
      ...{ environmentId, presence: 'present', active: true, archived: false },
      triggers: { hasSome: ['webhook', 'form', 'chat', 'other'] },
    },
    select: { n8nId: true, name: true, body: { select: { draft: true, published: true } } },
  });
  const taken = new Map<string, string>();
  for (const { n8nId, name, body } of rows) {
    if (except.has(n8nId)) continue;
    const { workflow } = readWorkflow(body?.published ?? body?.draft);
    for (const route of workflow ? routesOf(workflow) : []) taken.set(routeKey(route), name);
  }
  return taken;
}
