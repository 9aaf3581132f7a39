type Fields = { position: readonly [number, number]; parameters?: object; type?: string };

const node = (name: string, { type = 'noOp', ...fields }: Fields) => ({
  id: name.toLowerCase(),
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion: 1,
  parameters: {},
  ...fields,
});
const to = (...names: string[]) => ({ main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))] });
const settings = { executionOrder: 'v1' };

/** A small workflow for tests. */
export const older = {
  name: 'Orders',
  nodes: [
    node('Hook', { type: 'webhook', position: [0, 0], parameters: { path: 'orders' } }),
    node('Check', { type: 'code', position: [256, 0], parameters: { jsCode: 'const a = 1;\nreturn a < 0;' } }),
    node('Mail', { type: 'emailSend', position: [512, 0] }),
    node('Log', { type: 'slack', position: [768, 0] }),
  ],
  connections: { Hook: to('Check'), Check: to('Mail', 'Log') },
  settings,
};

/** The same with a changed trigger and code, a node removed, one added, one moved. */
export const newer = {
  name: 'Orders',
  nodes: [
    node('Hook', { type: 'webhook', position: [0, 0], parameters: { path: 'orders/in' } }),
    node('Check', { type: 'code', position: [256, 0], parameters: { jsCode: 'const a = 1;\nreturn a <= 0;' } }),
    node('Queue', { type: 'dataTable', position: [512, 0] }),
    node('Log', { type: 'slack', position: [768, 176] }),
  ],
  connections: { Hook: to('Check', 'Log'), Check: to('Queue') },
  settings,
};
