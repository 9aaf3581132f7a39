import { describe, expect, it } from 'vitest';
import { diffWorkflows } from '../diff/diff-workflows';
import agent from '../fixtures/agent-fragment.json';
import legacy from '../fixtures/legacy.json';
import orderIntake from '../fixtures/order-intake.json';
import { readWorkflow } from '../read/read-workflow';
import { describeChanges } from './describe-changes';
import { sentenceText } from './sentence';

// biome-ignore lint/suspicious/noExplicitAny: a draft of foreign JSON, edited by the tests
type Edit = (draft: any) => unknown;

function sentences(json: object, edit: Edit): string[] {
  const draft = structuredClone(json);
  edit(draft);
  const [before, after] = [json, draft].map((body) => readWorkflow(body).workflow!);
  return describeChanges(diffWorkflows(before!, after!), after!).map(sentenceText);
}

describe('a change of order intake reads', () => {
  it.each<[string, Edit]>([
    [
      'Charge card now posts to api.stripe.com instead of payments.test.example.com',
      (d) => (d.nodes[4].parameters.url = 'https://api.stripe.com/v1/charges'),
    ],
    [
      'Charge card now posts to https://payments.test.example.com/v2 instead of https://payments.test.example.com/v1/charges',
      (d) => (d.nodes[4].parameters.url = 'https://payments.test.example.com/v2'),
    ],
    ['Orders webhook answers on orders/in instead of orders', (d) => (d.nodes[0].parameters.path = 'orders/in')],
    [
      'Every 15 min runs every 5 minutes, was every 15 minutes',
      (d) => (d.nodes[1].parameters.rule.interval[0].minutesInterval = 5),
    ],
    [
      'The code of Validate order changed: 2 lines added, 1 removed',
      (d) =>
        (d.nodes[2].parameters.jsCode = d.nodes[2].parameters.jsCode.replace(
          'let total = 0;',
          '// sum\nlet total = 1;',
        )),
    ],
    [
      'The timeout in options of Charge card is 60000, was 20000',
      (d) => (d.nodes[4].parameters.options.timeout = 60_000),
    ],
    [
      'Charge card sets batch size in batching to 1',
      (d) => (d.nodes[4].parameters.options.batching = { batchSize: 1 }),
    ],
    [
      'Charge card no longer sets timeout in options, which was 20000',
      (d) => delete d.nodes[4].parameters.options.timeout,
    ],
    [
      'Charge card has one more under parameters in body parameters: currency',
      (d) => d.nodes[4].parameters.bodyParameters.parameters.push({ name: 'currency', value: 'EUR' }),
    ],
    [
      'The right value of item 1 in conditions of In stock? is 1, was 0',
      (d) => (d.nodes[3].parameters.conditions.conditions[0].rightValue = 1),
    ],
    [
      'Charge card uses the credential Payments live instead of Payments test',
      (d) => (d.nodes[4].credentials.httpHeaderAuth = { id: 'live', name: 'Payments live' }),
    ],
    ['Backorder mail uses another credential called Mail (Smtp)', (d) => (d.nodes[6].credentials.smtp.id = 'other')],
    ['Charge card is switched off', (d) => (d.nodes[4].disabled = true)],
    ['Charge card uses version 4.3 of its node type instead of 4.2', (d) => (d.nodes[4].typeVersion = 4.3)],
    [
      'Charge card stops the workflow when it fails, not carries on through its error output',
      (d) => delete d.nodes[4].onError,
    ],
    ['Charge card no longer tries again when it fails', (d) => (d.nodes[4].retryOnFail = false)],
    ['Charge card tries 3 times, was 5', (d) => delete d.nodes[4].maxTries],
    ['Charge card moved on the canvas', (d) => (d.nodes[4].position = [0, 0])],
    ['In stock? true no longer leads to Charge card', (d) => (d.connections['In stock?'].main[0] = [])],
    [
      'In stock? false now leads to Create invoice',
      (d) => d.connections['In stock?'].main[1].push({ node: 'Create invoice', type: 'main', index: 0 }),
    ],
    [
      'Backorder queue (Data Table) was added after Backorder mail',
      (d) => {
        d.nodes.push({ id: 'q', name: 'Backorder queue', type: 'n8n-nodes-base.dataTable' });
        d.connections['Backorder mail'] = { main: [[{ node: 'Backorder queue', type: 'main', index: 0 }]] };
      },
    ],
    ['The time zone is UTC, was Europe/Berlin', (d) => (d.settings.timezone = 'UTC')],
    ["The time zone is the instance's time zone, was Europe/Berlin", (d) => delete d.settings.timezone],
    ['The time limit of a run is 60 s, was no limit', (d) => (d.settings.executionTimeout = 60)],
    ['The setting save manual executions is on, was the default', (d) => (d.settings.saveManualExecutions = true)],
    ['Tagged shop, no longer finance', (d) => (d.tags = ['shop'])],
    ['The workflow is called Orders instead of Order intake', (d) => (d.name = 'Orders')],
    ['The workflow is published', (d) => (d.active = true)],
    ['Orders webhook lost its pinned test data (1 item)', (d) => (d.pinData = {})],
    ['A note was removed: Note', (d) => d.nodes.pop()],
  ])('%s', (sentence, edit) => {
    expect(sentences(orderIntake, edit)).toEqual([sentence]);
  });

  it('another sub-workflow by its display name', () => {
    const edit: Edit = (d) =>
      Object.assign(d.nodes[5].parameters.workflowId, { value: 'Inv2', cachedResultName: 'Invoices EU' });
    expect(sentences(orderIntake, edit)).toContain('Create invoice now calls Invoices EU instead of Inv0000000000001');
  });

  it('a removed node and what led to it', () => {
    const remove: Edit = (d) => {
      d.nodes.splice(6, 1);
      d.connections['In stock?'].main[1] = [];
    };
    expect(sentences(orderIntake, remove)).toEqual([
      'Backorder mail (Email Send) was removed: In stock? no longer leads to it',
    ]);
  });
});

describe('a change of an agent reads', () => {
  it.each<[string, Edit]>([
    [
      'The prompt of Support agent changed: 1 line added, 1 removed',
      (d) => (d.nodes[1].parameters.options.systemMessage = 'You answer customers.\nPromise a refund.\nStay short.'),
    ],
    ['Support agent no longer uses Order lookup as a tool', (d) => delete d.connections['Order lookup']],
    ['The public of When chat message received is on, was off', (d) => (d.nodes[0].parameters.public = true)],
  ])('%s', (sentence, edit) => {
    expect(sentences(agent, edit)).toEqual([sentence]);
  });
});

it('strikes out old values, never what has become of something', () => {
  const roles = (edit: Edit) => {
    const draft = structuredClone(orderIntake);
    edit(draft);
    const [before, after] = [orderIntake, draft].map((body) => readWorkflow(body).workflow!);
    const [sentence] = describeChanges(diffWorkflows(before!, after!), after!);
    return sentence!.filter(({ role }) => role === 'before').map(({ text }) => text);
  };
  expect(roles((d) => (d.nodes[4].disabled = true))).toEqual([]);
  expect(roles((d) => (d.nodes[4].retryOnFail = false))).toEqual([]);
  expect(roles((d) => (d.nodes[2].parameters.jsCode = 'return []'))).toEqual([]);
  expect(roles((d) => d.nodes.splice(5, 1))).toEqual([]);
  expect(roles((d) => (d.settings.timezone = 'UTC'))).toEqual(['Europe/Berlin']);
});

it('names of object methods are words like others', () => {
  const edit: Edit = (d) => {
    d.settings.constructor = 'x';
    d.nodes[4].credentials.toString = { id: '1', name: 'Odd' };
    d.connections['Charge card'].valueOf = [[{ node: 'In stock?', type: 'valueOf', index: 0 }]];
  };
  expect(sentences(orderIntake, edit)).toEqual([
    'Charge card now uses the credential Odd',
    'In stock? now uses Charge card as valueOf',
    'The setting constructor is x, was the default',
  ]);
});

it('another order of targets names both orders', () => {
  expect(sentences(legacy, (d) => d.connections.Fetch.main[0].reverse())).toEqual([
    'Fetch runs Left and Right in this order instead of Right and Left',
  ]);
});
