import { describe, expect, inject, it } from 'vitest';
import { diffWorkflows } from '../diff/diff-workflows';
import agent from '../fixtures/agent-fragment.json';
import legacy from '../fixtures/legacy.json';
import orderIntake from '../fixtures/order-intake.json';
import { realBodies } from '../fixtures/real-workflows.fixture';
import type { JsonObject, Workflow } from '../model';
import { readWorkflow } from '../read/read-workflow';
import { draftAndRunningDigests, logicDigest, partDigests } from './digest';

const instances = inject('n8n');
const LINES = ['1.x', '2.x'] as const;

const scheduled = {
  name: 'Scheduled',
  nodes: orderIntake.nodes.slice(1, 3),
  connections: { 'Every 15 min': orderIntake.connections['Every 15 min'] },
  settings: orderIntake.settings,
};

async function call(line: (typeof LINES)[number], method: string, path: string, body?: object): Promise<JsonObject> {
  const { baseUrl, apiKey } = instances[line];
  const reply = await fetch(`${baseUrl}/api/v1/workflows${path}`, {
    method,
    headers: { 'X-N8N-API-KEY': apiKey, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!reply.ok) throw new Error(`${method} ${path} on ${line}: ${reply.status} ${await reply.text()}`);
  return (await reply.json()) as JsonObject;
}

/** Saves a workflow, saves it once more unchanged, and reads what the instance made of it. */
async function saved(
  line: (typeof LINES)[number],
  { name, nodes, connections, settings }: JsonObject,
): Promise<Workflow> {
  const body = { name: name ?? 'Fragment', nodes, connections, settings: settings ?? {} };
  const { id } = await call(line, 'POST', '', body);
  await call(line, 'PUT', `/${id}`, body);
  return readWorkflow(await call(line, 'GET', `/${id}`)).workflow!;
}

describe('a workflow saved in both generations of n8n', () => {
  it.each<[string, JsonObject]>([
    ['order intake', orderIntake as unknown as JsonObject],
    ['a legacy file', legacy as unknown as JsonObject],
    ['an agent from the clipboard', agent as unknown as JsonObject],
  ])('keeps its logic and settings: %s', async (_, json) => {
    const body = sendable(json);
    const file = readWorkflow(body, { name: 'Fragment' }).workflow!;
    const [one, two] = await Promise.all(LINES.map((line) => saved(line, body)));
    expect([logicDigest(one!), logicDigest(two!)]).toEqual([logicDigest(file), logicDigest(file)]);
    expect(partDigests(two!).settings).toBe(partDigests(one!).settings);
    const classes = diffWorkflows(one!, two!).map((change) => ('path' in change ? change.path[0] : change.kind));
    expect(classes.every((field) => field === 'id' || field === 'webhookId')).toBe(true);
  });

  it('has one published logic, equal to the draft until the draft moves on', async () => {
    const running = await Promise.all(
      LINES.map(async (line) => {
        const { id } = await saved(line, scheduled as unknown as JsonObject);
        await call(line, 'POST', `/${id}/activate`);
        const digests = draftAndRunningDigests(readWorkflow(await call(line, 'GET', `/${id}`)).workflow!);
        await call(line, 'POST', `/${id}/deactivate`);
        expect(digests.running?.logic).toBe(digests.draft.logic);
        return digests.running?.logic;
      }),
    );
    expect(running[0]).toBe(running[1]);
  });
});

describe.runIf(realBodies().length > 0)('real workflows saved in both generations of n8n', () => {
  it('keep one logic', async () => {
    const moved: string[] = [];
    for (const [file, json] of realBodies().filter((_, index) => index % 8 === 0)) {
      const body = { ...sendable(json), settings: { executionOrder: 'v1' } };
      const [one, two] = [await saved('1.x', body), await saved('2.x', body)];
      if (logicDigest(one) !== logicDigest(two)) moved.push(file);
    }
    expect(moved).toEqual([]);
  });
});

const NODE_FIELDS =
  'id name webhookId disabled notesInFlow notes type typeVersion executeOnce alwaysOutputData retryOnFail maxTries waitBetweenTries continueOnFail onError position parameters credentials';

/** Without the fields that the API refuses. */
function sendable(body: JsonObject): JsonObject {
  const fields = new Set(NODE_FIELDS.split(' '));
  const nodes = (body.nodes as readonly JsonObject[]).map((node) =>
    Object.fromEntries(Object.entries(node).filter(([key, value]) => fields.has(key) && value !== null)),
  );
  return { ...body, nodes } as JsonObject;
}
