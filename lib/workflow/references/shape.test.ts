import { expect, it } from 'vitest';
import { logicText } from '../canonical/parts';
import { workflowOf } from '../fixtures/workflow-of';
import { shapeOf } from './shape';

const GENERATED: Record<string, string> = {
  dev: '0b1b3a9b-2f6a-4f5a-8385-6365d96f4802',
  production: '322dce18-f93e-4f86-b9b1-3305519b7834',
};

/** The same workflow as two instances hold it: every id is the instance's own, every display name the same. */
function onInstance(instance: string, credentialName = 'Team', path = GENERATED[instance]!) {
  const id = (noun: string) => `${instance}-${noun}`;
  const inner = {
    nodes: [{ name: 'I', type: 'n8n-nodes-base.slack', credentials: { slackApi: { id: id('c'), name: 'Team' } } }],
  };
  const locator = (noun: string) => ({
    __rl: true,
    mode: 'list',
    value: id(noun),
    cachedResultName: noun,
    cachedResultUrl: `/x/${id(noun)}`,
  });
  return workflowOf(
    [
      {
        type: 'n8n-nodes-base.webhook',
        webhookId: id('hook'),
        parameters: { path },
      },
      { type: 'n8n-nodes-base.slack', credentials: { slackApi: { id: id('c'), name: credentialName } } },
      { type: 'n8n-nodes-base.executeWorkflow', parameters: { workflowId: locator('Child') } },
      {
        name: 'Inline',
        type: 'n8n-nodes-base.executeWorkflow',
        parameters: { source: 'parameter', workflowJson: JSON.stringify(inner) },
      },
      { type: 'n8n-nodes-base.dataTable', parameters: { dataTableId: locator('Orders') } },
      { type: 'n8n-nodes-base.httpRequest', parameters: { url: `https://${instance}.test/webhook/next` } },
    ],
    { id: id('w'), settings: { errorWorkflow: id('e') } },
  );
}

it('the same workflow has one shape on two instances', () => {
  const [dev, production] = [onInstance('dev'), onInstance('production')];
  expect(logicText(dev)).not.toBe(logicText(production));
  expect(logicText(shapeOf(dev))).toBe(logicText(shapeOf(production)));
});

it('what each instance calls its error workflow is no part of the shape, however n8n writes it', () => {
  const handledBy = (errorWorkflow: unknown) =>
    logicText(shapeOf(workflowOf([], { settings: { errorWorkflow } as never })));
  const named = (value: string, cachedResultName: string) => ({ __rl: true, mode: 'list', value, cachedResultName });
  const shape = handledBy('xK3nFq81LmPo0aBc');
  for (const other of ['another', named('a', 'Alerts dev'), named('b', 'Alerts production')]) {
    expect(handledBy(other)).toBe(shape);
  }
  expect(handledBy(undefined)).not.toBe(shape);
});

it('another display name, or a path someone chose, is another shape', () => {
  const shape = logicText(shapeOf(onInstance('dev')));
  expect(logicText(shapeOf(onInstance('dev', 'Finance')))).not.toBe(shape);
  expect(logicText(shapeOf(onInstance('dev', 'Team', 'orders')))).not.toBe(shape);
});
