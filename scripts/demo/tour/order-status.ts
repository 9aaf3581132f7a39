import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoEnvironment } from '../connect.ts';
import { type JsonApi, n8nApi } from '../http.ts';

/** What the tour edits: it answers without a credential, so that everybody can see what it answers. */
export const NAME = 'Answer order status';

interface N8nWorkflow {
  id: string;
  name: string;
  active: boolean;
  nodes: { name: string; parameters: { jsCode?: string } }[];
  connections: object;
  settings: Record<string, unknown>;
}

/** The order A-1042 stands at the third of the words in this list. */
const WORDS = /(const steps = \['[^']*', '[^']*', ')([^']*)(')/;
const QUESTION = '/webhook/shop/order-status?orderId=A-1042';

const apiOf = ({ baseUrl, n8nApiKey }: DemoEnvironment): JsonApi => n8nApi({ baseUrl, apiKey: n8nApiKey });

/** What an order like A-1042 is called in an instance, or null when the workflow is not there. */
export async function wordIn(environment: DemoEnvironment): Promise<string | null> {
  const workflow = await find(environment);
  return WORDS.exec(workflow ? codeOf(workflow) : '')?.[2] ?? null;
}

/** Edits the workflow through n8n's own API and lets it run, as its editor would. Answers n8n's id of it. */
export async function callIt(word: string, environment: DemoEnvironment): Promise<string> {
  const workflow = await find(environment);
  if (!workflow || !WORDS.test(codeOf(workflow))) {
    throw new Error(`"${NAME}" in ${environment.name} is not as the demo made it: the tour knows no way to edit it.`);
  }
  const nodes = workflow.nodes.map(({ parameters, ...node }) => {
    const { jsCode } = parameters;
    return {
      ...node,
      parameters: jsCode ? { ...parameters, jsCode: jsCode.replace(WORDS, `$1${word}$3`) } : parameters,
    };
  });
  const { name, connections, settings } = workflow;
  // n8n shows settings that it does not take back.
  const { executionOrder, timezone, errorWorkflow } = settings;
  const body = { name, nodes, connections, settings: { executionOrder, timezone, errorWorkflow } };
  const api = apiOf(environment);
  await api.put(`/workflows/${workflow.id}`, body);
  if (!workflow.active) await api.post(`/workflows/${workflow.id}/activate`);
  return workflow.id;
}

const codeOf = ({ nodes }: N8nWorkflow): string =>
  nodes.find(({ parameters }) => parameters.jsCode)?.parameters.jsCode ?? '';

async function find(environment: DemoEnvironment): Promise<N8nWorkflow | undefined> {
  const query = new URLSearchParams({ name: NAME, limit: '250' });
  const { data } = await apiOf(environment).get<{ data: N8nWorkflow[] }>(`/workflows?${query}`);
  return data.find(({ name }) => name === NAME);
}

/** Asks the webhook until it says the word: n8n 2.x publishes a moment after it says so. Throws when it never does. */
export async function answers(word: string, { baseUrl, name }: DemoEnvironment): Promise<string> {
  let said = '';
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const response = await fetch(baseUrl + QUESTION, { signal: AbortSignal.timeout(10_000) });
    said = await response.text();
    if (response.ok && JSON.parse(said).status === word) return `GET ${QUESTION} answers ${said}`;
    await sleep(100);
  }
  throw new Error(`${name} should say "${word}" at ${QUESTION}, and says ${said.slice(0, 200)}.`);
}
