import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonApi } from './http.ts';
import type { N8n } from './seed.ts';

/** An environment of the demo, as `npm run demo -- --json` prints it. */
export interface DemoEnvironment {
  id: string;
  name: string;
  class: string;
  baseUrl: string;
  n8nApiKey: string;
}

interface Job {
  status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
}

/** How long a job may take, in milliseconds. */
const JOB_TIMEOUT = 120_000;

/** Connects an n8n as an environment, or tells the environment of that name where its n8n stands now. */
export async function connect(
  api: JsonApi,
  name: string,
  environmentClass: string,
  n8n: N8n,
): Promise<DemoEnvironment> {
  const { items } = await api.get<{ items: { id: string; name: string }[] }>('/environments?pageSize=100');
  const known = items.find((environment) => environment.name === name);
  const body = { name, class: environmentClass, baseUrl: n8n.baseUrl, apiKey: n8n.apiKey };
  const { id } = known
    ? await api.put<{ id: string }>(`/environments/${known.id}`, body)
    : await api.post<{ id: string }>('/environments', body);
  return { id, name, class: environmentClass, baseUrl: n8n.baseUrl, n8nApiKey: n8n.apiKey };
}

/** Reads the inventory of an environment and waits until it is there. */
export async function sync(api: JsonApi, { id, name }: DemoEnvironment): Promise<void> {
  await finished(api, await api.post(`/environments/${id}/sync`), `Reading the inventory of ${name}`);
}

/** Waits for the job that an answer names. Throws when it does not complete. `what` begins the sentence. */
export async function finished(api: JsonApi, { jobId }: { jobId: string }, what: string): Promise<void> {
  const deadline = performance.now() + JOB_TIMEOUT;
  while (performance.now() < deadline) {
    const { status } = await api.get<Job>(`/background-jobs/${jobId}`);
    if (status === 'completed') return;
    if (status === 'failed' || status === 'cancelled') throw new Error(`${what} ${status}.`);
    await sleep(200);
  }
  throw new Error(`${what} took more than ${JOB_TIMEOUT / 1_000} s.`);
}
