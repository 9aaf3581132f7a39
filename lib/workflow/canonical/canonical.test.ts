import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../diff/apply-changes';
import { diffWorkflows } from '../diff/diff-workflows';
import { partDigests } from '../digest/digest';
import { anyWorkflow, workflowJson } from '../fixtures/arbitrary-workflow';
import orderIntake from '../fixtures/order-intake.json';
import { holds } from '../fixtures/property';
import { reverseWorkflow } from '../fixtures/shuffle';
import type { JsonObject, Workflow } from '../model';
import { readWorkflow, readWorkflowText } from '../read/read-workflow';
import { canonicalText } from './document';
import { layoutText, logicText, settingsText, stateText, testDataText } from './parts';

/** Not imported: the bundler's JSON parser refuses half surrogates. */
const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as { cases: TestVector[] };

interface TestVector {
  name: string;
  input: JsonObject;
  document: JsonObject;
  texts: Record<string, string>;
  digests: Record<string, string>;
}

const parts = (workflow: Workflow) => ({
  logic: logicText(workflow),
  layout: layoutText(workflow),
  settings: settingsText(workflow),
  state: stateText(workflow),
  testData: testDataText(workflow),
});

describe('canonical form', { timeout: 60_000 }, () => {
  it('is a fixed point: the canonical document reads as the same workflow', () => {
    holds(
      fc.property(anyWorkflow, (workflow) => {
        const text = canonicalText(workflow);
        const again = readWorkflowText(text, { name: workflow.name }).workflow!;
        expect(canonicalText(again)).toBe(text);
        expect(parts(again)).toEqual(parts(workflow));
      }),
    );
  });

  it('does not see the order of nodes and keys', () => {
    holds(
      fc.property(workflowJson, (json) => {
        const [one, other] = [json as unknown as JsonObject, reverseWorkflow(json as unknown as JsonObject)];
        expect(canonicalText(read(other))).toBe(canonicalText(read(one)));
      }),
    );
  });

  it('falls into five parts that together say everything: documents are equal exactly when all parts are', () => {
    holds(
      fc.property(anyWorkflow, anyWorkflow, fc.nat(), (a, b, pick) => {
        const changes = diffWorkflows(a, b);
        const near = applyChanges(a, changes.length > 0 ? [changes[pick % changes.length]!] : []);
        const sameParts = JSON.stringify(parts(a)) === JSON.stringify(parts(near));
        expect(canonicalText(a) === canonicalText(near)).toBe(sameParts);
      }),
    );
  });

  it.each(vectors.cases)('gives the published bytes and digests: $name', ({ input, document, texts, digests }) => {
    const workflow = read(input);
    expect(JSON.parse(canonicalText(workflow))).toEqual(document);
    expect(parts(workflow)).toEqual(texts);
    expect(partDigests(workflow)).toEqual(digests);
  });
});

describe('the logic text', () => {
  const body = orderIntake as unknown as JsonObject;
  const logic = (json: JsonObject) => logicText(read(json));

  it.each<[string, (draft: Draft) => void]>([
    ['positions', (draft) => (draft.nodes[0]!.position = [999, 999])],
    ['empty parameters', (draft) => (draft.nodes[0]!.parameters.extra = { nested: {}, list: [] })],
    ['fields at their default', (draft) => Object.assign(draft.nodes[0]!, { disabled: false, maxTries: 3, notes: '' })],
    ['cached names', (draft) => (draft.nodes[5]!.parameters.workflowId.cachedResultName = 'Other')],
    ['the name beside a credential id', (draft) => (draft.nodes[4]!.credentials.httpHeaderAuth.name = 'Other')],
    ['settings at their default', (draft) => (draft.settings.callerPolicy = 'workflowsFromSameOwner')],
    ['derived settings', (draft) => (draft.settings.binaryMode = 'separate')],
    ['how runs are saved', (draft) => (draft.settings.saveManualExecutions = true)],
    ['sticky notes', (draft) => draft.nodes.splice(7, 1)],
    ['node ids', (draft) => (draft.nodes[2]!.id = 'another')],
    ['generated webhook ids', (draft) => (draft.nodes[6]!.webhookId = 'generated')],
    ['empty outputs', (draft) => draft.connections['Charge card'].main.push([], null)],
    [
      'name, tags, test data, state',
      (draft) => Object.assign(draft, { name: 'X', tags: [], pinData: {}, active: true }),
    ],
    ['the spelling of the error policy', (draft) => Object.assign(draft.nodes[4]!, { continueOnFail: true })],
  ])('does not see %s', (_, change) => {
    expect(logic(changed(body, change))).toBe(logic(body));
  });

  it.each<[string, (draft: Draft) => void]>([
    ['a credential', (draft) => (draft.nodes[4]!.credentials.httpHeaderAuth.id = 'other')],
    ['an expression', (draft) => (draft.nodes[6]!.parameters.subject = '={{ $json.id }}')],
    ['a connection', (draft) => draft.connections['In stock?'].main.reverse()],
    ['disabled', (draft) => (draft.nodes[4]!.disabled = true)],
    ['a type version', (draft) => (draft.nodes[4]!.typeVersion = 4.1)],
    ['a time zone', (draft) => (draft.settings.timezone = 'UTC')],
    ['an error policy', (draft) => (draft.nodes[4]!.onError = 'continueRegularOutput')],
    ['the error workflow', (draft) => delete draft.settings.errorWorkflow],
    ['who may call', (draft) => (draft.settings.callerPolicy = 'any')],
    ['a time limit', (draft) => (draft.settings.executionTimeout = 60)],
    ['an empty text', (draft) => (draft.nodes[4]!.parameters.extra = '')],
    ['an unknown field', (draft) => (draft.nodes[4]!.novelty = 1)],
  ])('sees %s', (_, change) => {
    expect(logic(changed(body, change))).not.toBe(logic(body));
  });

  it('keeps the order of targets where execution order v0 follows it, and only there', () => {
    const fan = (order: string[], executionOrder: string) =>
      logic({
        nodes: ['A', 'B', 'C'].map((name) => ({ name, type: 'n8n-nodes-base.noOp' })),
        connections: { A: { main: [order.map((node) => ({ node, type: 'main', index: 0 }))] } },
        settings: { executionOrder },
      });
    expect(fan(['B', 'C'], 'v0')).not.toBe(fan(['C', 'B'], 'v0'));
    expect(fan(['B', 'C'], 'v1')).toBe(fan(['C', 'B'], 'v1'));
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a draft of foreign JSON, edited by the tests
type Draft = any;

function changed(body: JsonObject, change: (draft: Draft) => void): JsonObject {
  const draft: Draft = structuredClone(body);
  change(draft);
  return draft;
}

function read(json: JsonObject): Workflow {
  return readWorkflow(json).workflow!;
}
