/** An invented workflow that shows each shape of the canvas: trigger, step, decision, root, parts, note. */
type Place = readonly [x: number, y: number];

const node = (name: string, type: string, position: Place, more: object = {}) => ({
  id: name.toLowerCase().replaceAll(' ', '-'),
  name,
  type: type.includes('/') ? type : `n8n-nodes-base.${type}`,
  typeVersion: 1,
  position,
  parameters: {},
  ...more,
});
const to = (name: string, type = 'main') => ({ node: name, type, index: 0 });
const langchain = (type: string) => `@n8n/n8n-nodes-langchain.${type}`;

export const SAMPLE_WORKFLOW = {
  name: 'Refund guard',
  nodes: [
    node('Refund asked', 'webhook', [0, 0], { parameters: { httpMethod: 'POST', path: 'refunds' } }),
    node('Load order', 'postgres', [224, 0]),
    node('Above the limit?', 'if', [448, 0]),
    node('Ask the agent', langchain('agent'), [704, -128]),
    node('Chat model', langchain('lmChatOpenAi'), [672, 112]),
    node('Order history', langchain('toolWorkflow'), [864, 112]),
    node('Pay back', 'httpRequest', [1120, 0], { onError: 'continueErrorOutput' }),
    node('Log to sheet', 'googleSheets', [1376, -96], { disabled: true }),
    node('Tell finance', 'slack', [1376, 128]),
    node('Why', 'stickyNote', [640, -240], {
      parameters: { content: 'Large refunds get a second pair of eyes.', width: 400, height: 520 },
    }),
  ],
  connections: {
    'Refund asked': { main: [[to('Load order')]] },
    'Load order': { main: [[to('Above the limit?')]] },
    'Above the limit?': { main: [[to('Ask the agent')], [to('Pay back')]] },
    'Ask the agent': { main: [[to('Pay back')]] },
    'Chat model': { ai_languageModel: [[to('Ask the agent', 'ai_languageModel')]] },
    'Order history': { ai_tool: [[to('Ask the agent', 'ai_tool')]] },
    'Pay back': { main: [[to('Log to sheet')], [to('Tell finance')]] },
  },
  settings: { executionOrder: 'v1' },
};

/** The same after a week of work: a limit lowered, a step replaced, a note moved. */
export const NEWER_WORKFLOW = {
  ...SAMPLE_WORKFLOW,
  nodes: [
    ...SAMPLE_WORKFLOW.nodes
      .filter(({ name }) => name !== 'Log to sheet')
      .map((old) => {
        if (old.name === 'Refund asked') return { ...old, parameters: { httpMethod: 'POST', path: 'refunds/in' } };
        return old.name === 'Why' ? { ...old, position: [640, -272] } : old;
      }),
    node('Store refund', 'dataTable', [1376, -96]),
  ],
  connections: { ...SAMPLE_WORKFLOW.connections, 'Pay back': { main: [[to('Store refund')], [to('Tell finance')]] } },
};
