import type { Json, JsonObject } from '@/lib/workflow/model';

/** A workflow body as the n8n API answers it, of any size, always the same for a size: mixed nodes of realistic weight. */
export function workflowBody(nodeCount: number): JsonObject {
  const names = Array.from({ length: nodeCount }, (_, index) => `Step ${index}`);
  return {
    id: 'bench',
    name: `A workflow of ${nodeCount} nodes`,
    active: false,
    nodes: names.map(node),
    connections: Object.fromEntries(
      names
        .slice(0, -1)
        .map((name, index) => [name, { main: [[{ node: names[index + 1]!, type: 'main', index: 0 }]] }]),
    ),
    settings: { executionOrder: 'v1', callerPolicy: 'workflowsFromSameOwner' },
    pinData: {},
    tags: [{ id: 'tag', name: 'bench', createdAt: '2026-01-01T00:00:00.000Z' }],
  };
}

const KINDS: readonly ((index: number) => JsonObject)[] = [httpRequest, set, code, condition, sheet];

function node(name: string, index: number): JsonObject {
  return {
    id: uuid(index),
    name,
    position: [240 * (index % 40), 160 * Math.floor(index / 40)],
    typeVersion: 2,
    ...KINDS[index % KINDS.length]!(index),
  };
}

function uuid(index: number): string {
  const digits = (Math.imul(index + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  return `${digits}-4c1d-4a7e-9b2f-${String(index).padStart(12, '0')}`;
}

function httpRequest(index: number): JsonObject {
  return {
    type: 'n8n-nodes-base.httpRequest',
    parameters: {
      method: 'POST',
      url: `=https://api.example.com/v2/orders/{{ $json.id }}/${index}`,
      authentication: 'genericCredentialType',
      genericAuthType: 'httpHeaderAuth',
      sendHeaders: true,
      headerParameters: { parameters: [{ name: 'Accept', value: 'application/json' }] },
      options: { timeout: 10_000, retry: {} },
    },
    credentials: { httpHeaderAuth: { id: `cred${index % 7}`, name: 'API token' } },
  };
}

function set(index: number): JsonObject {
  const assignments = ['id', 'total', 'customer', 'status'].map((name, position) => ({
    id: uuid(index * 10 + position),
    name,
    type: 'string',
    value: `={{ $('Step ${Math.max(index - 1, 0)}').item.json.${name} }}`,
  }));
  return { type: 'n8n-nodes-base.set', parameters: { assignments: { assignments }, options: {} } };
}

function code(index: number): JsonObject {
  const lines = Array.from(
    { length: 12 },
    (_, line) => `const value${line} = $input.first().json.field${line} ?? ${index};`,
  );
  return { type: 'n8n-nodes-base.code', parameters: { jsCode: [...lines, 'return $input.all();'].join('\n') } };
}

function condition(index: number): JsonObject {
  return {
    type: 'n8n-nodes-base.if',
    parameters: {
      conditions: {
        options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
        conditions: [
          {
            id: uuid(index),
            leftValue: '={{ $json.total }}',
            rightValue: index,
            operator: { type: 'number', operation: 'gt' },
          },
        ],
        combinator: 'and',
      },
      options: {},
    },
  };
}

function sheet(index: number): JsonObject {
  const locator = (value: string): Json => ({
    __rl: true,
    mode: 'list',
    value,
    cachedResultName: 'Orders',
    cachedResultUrl: `https://docs.example.com/${value}`,
  });
  return {
    type: 'n8n-nodes-base.googleSheets',
    parameters: {
      operation: 'append',
      documentId: locator(`document${index}`),
      sheetName: locator('gid=0'),
      columns: { mappingMode: 'autoMapInputData', value: {} },
      options: {},
    },
    credentials: { googleSheetsOAuth2Api: { id: 'sheets', name: 'Sheets' } },
  };
}

/** A copy in which about one node in ten has another parameter. */
export function withEdits(body: JsonObject): JsonObject {
  const copy = structuredClone(body) as { nodes: { parameters: Record<string, Json> }[] };
  copy.nodes.forEach((each, index) => {
    if (index % 10 === 3) each.parameters.edited = `edit ${index}`;
  });
  return copy as unknown as JsonObject;
}

/** A copy with one more node before all others, connected to the first. */
export function withInsertedNode(body: JsonObject): JsonObject {
  const copy = structuredClone(body) as { nodes: Json[]; connections: Record<string, Json> };
  copy.nodes.unshift(node('Inserted', 1_000_003));
  copy.connections = { Inserted: { main: [[{ node: 'Step 0', type: 'main', index: 0 }]] }, ...copy.connections };
  return copy as unknown as JsonObject;
}

/** A copy with about 40 changes of every kind: parameters, code, nodes that came, went, moved, were renamed or rewired. */
export function withMixedChanges(body: JsonObject): JsonObject {
  const copy = structuredClone(body) as unknown as Draft;
  const size = copy.nodes.length;
  for (let index = 7; index < size; index += Math.ceil(size / 16))
    copy.nodes[index]!.parameters.edited = `edit ${index}`;
  for (let index = 2; index < size; index += Math.ceil(size / 8)) {
    const { parameters } = copy.nodes[index]!;
    if (typeof parameters.jsCode === 'string') parameters.jsCode = parameters.jsCode.replace('value3 =', 'third =');
    else parameters.notesHere = true;
  }
  for (let index = 20; index < size; index += Math.ceil(size / 6)) {
    const added = node(`Added ${index}`, 2_000_000 + index);
    const [x, y] = copy.nodes[index]!.position;
    copy.nodes.push({ ...added, position: [x + 80, y + 80] } as unknown as Draft['nodes'][number]);
    copy.connections[`Step ${index}`] = { main: [[{ node: `Added ${index}`, type: 'main', index: 0 }]] };
  }
  const gone = new Set(Array.from({ length: 6 }, (_, index) => `Step ${Math.floor((size / 6) * index) + 31}`));
  copy.nodes = copy.nodes.filter(({ name }) => !gone.has(name));
  for (const name of gone) delete copy.connections[name];
  return copy as unknown as JsonObject;
}

interface Draft {
  nodes: { name: string; position: [number, number]; parameters: Record<string, Json> }[];
  connections: Record<string, Json>;
}
