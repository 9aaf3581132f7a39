import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Scope } from '../../scripts/command.ts';
import { root } from '../../scripts/root.ts';

export type Instance = { baseUrl: string; apiKey: string; version: string };

/** A real n8n on data of its own until the command ends. */
export async function startInstance(scope: Scope): Promise<Instance> {
  const dir = mkdtempSync(join(tmpdir(), 'n8n-ops-bench-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const args = [join(root, 'scripts/n8n/up.mjs'), '--version', '2.x', '--port', String(port), '--dir', dir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  scope.onEnd(async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => [null])]);
  if (typeof line !== 'string') throw new Error('n8n did not start.');
  return JSON.parse(line) as Instance;
}

const NODES = 11;

/** Fills an instance with workflows of a median public workflow's size, a few at a time. */
export async function fill({ baseUrl, apiKey }: Instance, count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) {
      const body = JSON.stringify(workflow(index));
      const headers = { 'x-n8n-api-key': apiKey, 'content-type': 'application/json' };
      const answer = await fetch(`${baseUrl}/api/v1/workflows`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}

function workflow(index: number) {
  const nodes = Array.from({ length: NODES }, (_, at) => ({
    id: `${index}-${at}`,
    name: `Step ${at}`,
    type: 'n8n-nodes-base.code',
    typeVersion: 2,
    position: [at * 220, 0],
    parameters: { jsCode: `// ${'what this step does, in words; '.repeat(40)}\nreturn items;` },
  }));
  const links = nodes.slice(0, -1).map(({ name }, at) => {
    const target = { node: nodes[at + 1]!.name, type: 'main', index: 0 };
    return [name, { main: [[target]] }] as const;
  });
  return { name: `Workflow ${index}`, nodes, connections: Object.fromEntries(links), settings: {} };
}

/** The lists that a refresh reads. */
const LISTS = ['workflows', 'credentials', 'tags', 'users', 'executions'];

/** What anybody would write: all pages of these lists, one after the other. Returns how many there were. */
export async function fetchAllPages({ baseUrl, apiKey }: Instance, lists = LISTS): Promise<number> {
  let pages = 0;
  for (const list of lists) {
    for (let cursor: string | null = ''; cursor !== null; pages += 1) {
      const query = new URLSearchParams({ limit: '250', ...(cursor ? { cursor } : {}) });
      const answer = await fetch(`${baseUrl}/api/v1/${list}?${query}`, { headers: { 'x-n8n-api-key': apiKey } });
      cursor = ((await answer.json()) as { nextCursor?: string | null }).nextCursor ?? null;
    }
  }
  return pages;
}

type Body = ReturnType<typeof workflow>;

/** The first of them, as they are. */
export async function listWorkflows({ baseUrl, apiKey }: Instance, count: number): Promise<(Body & { id: string })[]> {
  const answer = await fetch(`${baseUrl}/api/v1/workflows?limit=${count}`, { headers: { 'x-n8n-api-key': apiKey } });
  return ((await answer.json()) as { data: (Body & { id: string })[] }).data;
}

/** What anybody would write: one PUT a workflow, by id, so many at once. */
export async function putAll({ baseUrl, apiKey }: Instance, bodies: Map<string, Body>, atOnce = 1): Promise<void> {
  const headers = { 'x-n8n-api-key': apiKey, 'content-type': 'application/json' };
  const rest = [...bodies];
  const lane = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) {
      const [id, { name, nodes, connections, settings }] = next;
      const body = JSON.stringify({ name, nodes, connections, settings });
      const answer = await fetch(`${baseUrl}/api/v1/workflows/${id}`, { method: 'PUT', headers, body });
      if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Somebody works in the editor: so many workflows get another text in one node. */
export async function edit(instance: Instance, count: number): Promise<void> {
  const found = await listWorkflows(instance, count);
  for (const { nodes } of found) nodes[0]!.parameters.jsCode = `// ${randomUUID()}`;
  await putAll(instance, new Map(found.map((one) => [one.id, one])));
}
