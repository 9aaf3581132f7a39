import { type DemoEnvironment, finished } from '../../scripts/demo/connect.ts';
import { type JsonApi, n8nApi } from '../../scripts/demo/http.ts';
import { firstOf } from './furnish.ts';

interface Priced {
  id: string;
  nodes: object[];
  connections: object;
  settings: Record<string, unknown>;
}
const NAME = 'Price an order';

/** What was promoted is edited in production and found; somebody asks for more time. */
export async function fillDrift(as: JsonApi, production: DemoEnvironment): Promise<Record<string, string>> {
  await taxLess(production);
  const receipt = await as.post<{ jobId: string }>(`/environments/${production.id}/drift-check`);
  await finished(as, receipt, 'Checking production for drift');
  const incident = await firstOf(as, `/incidents?environmentId=${production.id}`);
  await as.post('/drift-approvals', {
    incidentId: incident,
    action: 'extend',
    hours: 48,
    reason: 'The tax office answers on Monday.',
  });
  return { incident, check: await firstOf(as, `/reports?environmentId=${production.id}&status=drifted`) };
}

/** An edit as somebody makes it in n8n itself: another rate of tax. */
async function taxLess({ baseUrl, n8nApiKey }: DemoEnvironment): Promise<void> {
  const n8n = n8nApi({ baseUrl, apiKey: n8nApiKey });
  const query = new URLSearchParams({ name: NAME, limit: '250' });
  const { data } = await n8n.get<{ data: Priced[] }>(`/workflows?${query}`);
  const [workflow] = data;
  if (!workflow) throw new Error(`Production has no workflow "${NAME}".`);
  const nodes = JSON.parse(JSON.stringify(workflow.nodes).replace('$json.net * 0.2 ', '$json.net * 0.19 '));
  // n8n shows settings that it does not take back.
  const { executionOrder, timezone, errorWorkflow } = workflow.settings;
  await n8n.put(`/workflows/${workflow.id}`, {
    name: NAME,
    nodes,
    connections: workflow.connections,
    settings: { executionOrder, timezone, errorWorkflow },
  });
}
