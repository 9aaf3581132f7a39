import { type DemoEnvironment, finished, sync } from './connect.ts';
import { type JsonApi, n8nApi } from './http.ts';
import { makeCredentials } from './shop.ts';

type Page<T> = { items: T[] };
interface Binding {
  id: string;
  requirement: string;
  state: 'in_force' | 'expired' | 'gone';
}

/** A way from dev to production, production's own credentials bound to dev's, and dev saved as approved, each once. */
export async function furnish(api: JsonApi, dev: DemoEnvironment, production: DemoEnvironment): Promise<void> {
  // It happens by itself within a minute; what is saved first would begin lineages of its own.
  await finished(api, await api.post('/lineages/link', {}), 'Linking');
  await bindCredentials(api, production);
  await makePipeline(api, dev, production);
  const { baseline } = await api.get<{ baseline: boolean }>(`/environments/${dev.id}/approved`);
  if (baseline) return;
  const body = { environmentId: dev.id, message: 'The shop as it opened' };
  await finished(api, await api.post('/workflows/sync-to-github', body), 'Saving dev as approved');
}

/** Under names of their own, so that nobody takes dev's secrets for production's. */
async function bindCredentials(api: JsonApi, production: DemoEnvironment): Promise<void> {
  const { items } = await api.get<Page<Binding>>(`/bindings?environmentId=${production.id}&kind=credential`);
  const n8n = n8nApi({ baseUrl: production.baseUrl, apiKey: production.n8nApiKey });
  const made: { standing?: Binding; requirement: string; value: { n8nId: string; name: string } }[] = [];
  for (const { type, name, data } of makeCredentials()) {
    const requirement = `${type}:${name}`;
    const standing = items.find((binding) => binding.requirement === requirement);
    if (standing?.state === 'in_force') continue;
    const live = `${name} of production`;
    const { id: n8nId } = await n8n.post<{ id: string }>('/credentials', { name: live, type, data });
    made.push({ standing, requirement, value: { n8nId, name: live } });
  }
  if (made.length > 0) await sync(api, production);
  for (const { standing, requirement, value } of made) {
    const reason = 'Production has secrets of its own.';
    const body = { kind: 'credential', requirement, value, owner: 'Shop team', reason };
    if (standing) await api.put(`/bindings/${standing.id}`, { value, reason });
    else await api.post('/bindings', { environmentId: production.id, ...body });
  }
}

/** The demo has one member, who may therefore approve what they promote; with a second one, the second approves. */
async function makePipeline(api: JsonApi, dev: DemoEnvironment, production: DemoEnvironment): Promise<void> {
  const { items } = await api.get<Page<object>>(`/pipelines?environmentId=${production.id}`);
  if (items.length > 0) return;
  const hop = { sourceEnvironmentId: dev.id, targetEnvironmentId: production.id };
  const stage = { ...hop, requireApproval: true, allowSelfApproval: true };
  await api.post('/pipelines', { name: 'Release', stages: [stage] });
}
