import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../fixtures/property';
import { realWorkflows } from '../fixtures/real-workflows.fixture';
import { type NodeFixture, type WorkflowFixture, workflowOf } from '../fixtures/workflow-of';
import type { Json, JsonObject, Workflow } from '../model';
import { extractReferences } from '../references/extract';
import { type Binding, type BoundThing, reverseBindings } from './bindings';
import { remapReferences } from './remap';

const CALL = 'n8n-nodes-base.executeWorkflow';
const SLACK = 'n8n-nodes-base.slack';

const credential = (from: BoundThing, to: BoundThing | 'keep', credentialType?: string): Binding => ({
  kind: 'credential',
  from,
  to,
  ...(credentialType ? { credentialType } : {}),
});
const workflowBinding = (from: BoundThing, to: BoundThing): Binding => ({ kind: 'workflow', from, to });
const slack = (value: Json): NodeFixture => ({ type: SLACK, credentials: { slackApi: value } });
const remapped = (nodes: readonly NodeFixture[], bindings: readonly Binding[], rest: WorkflowFixture = {}) =>
  remapReferences(workflowOf(nodes, rest), bindings);
const parametersOf = (workflow: Workflow) => workflow.nodes[0]!.parameters;

describe('a reference keeps the form it is written in', () => {
  it('credentials by id take the new id and name; by name, only the new name', () => {
    const bindings = [credential({ id: 'a', name: 'Dev' }, { id: 'b', name: 'Prod' })];
    expect(remapped([slack({ id: 'a', name: 'Dev' })], bindings).workflow.nodes[0]!.credentials).toEqual({
      slackApi: { id: 'b', name: 'Prod', managed: false },
    });
    expect(remapped([slack('Dev')], bindings).workflow.nodes[0]!.credentials).toEqual({
      slackApi: { id: null, name: 'Prod', managed: false },
    });
  });

  it('locators have their cached name and address refreshed, or dropped when nobody knows the new ones', () => {
    const workflowId = {
      __rl: true,
      mode: 'list',
      value: 'a',
      cachedResultName: 'Child',
      cachedResultUrl: '/workflow/a',
    };
    const node = { type: CALL, parameters: { workflowId } };
    const to = (thing: BoundThing) =>
      parametersOf(remapped([node], [workflowBinding({ id: 'a' }, thing)]).workflow).workflowId;
    expect(to({ id: 'b', name: 'Kind' })).toEqual({
      ...workflowId,
      value: 'b',
      cachedResultName: 'Kind',
      cachedResultUrl: '/workflow/b',
    });
    expect(to({ id: 'b' })).toEqual({ __rl: true, mode: 'list', value: 'b', cachedResultUrl: '/workflow/b' });
  });

  it('a URL changes its id and, where bound, its origin', () => {
    const node = {
      type: CALL,
      parameters: { workflowId: { __rl: true, mode: 'url', value: 'https://dev.test/workflow/a' } },
    };
    const origin: Binding = {
      kind: 'ownUrl',
      from: { name: 'https://dev.test' },
      to: { name: 'https://n8n.example.test' },
    };
    const { workflow } = remapped([node], [workflowBinding({ id: 'a' }, { id: 'bbb' }), origin]);
    expect(parametersOf(workflow).workflowId).toMatchObject({ value: 'https://n8n.example.test/workflow/bbb' });
  });

  it('settings, lists of callers and names inside expressions change in place', () => {
    const settings = { errorWorkflow: 'e', callerPolicy: 'workflowsFromAList', callerIds: 'a,e' };
    const node = { type: 'n8n-nodes-base.set', parameters: { text: '={{ $vars.HOST + $vars["HOST"] }}' } };
    const variable: Binding = { kind: 'variable', from: { name: 'HOST' }, to: { name: 'HOST_2' } };
    const bindings = [workflowBinding({ id: 'a' }, { id: 'a2' }), workflowBinding({ id: 'e' }, { id: 'e2' }), variable];
    const { workflow, unresolved } = remapped([node], bindings, { settings });
    expect(workflow.settings).toMatchObject({ errorWorkflow: 'e2', callerIds: 'a2,e2' });
    expect(parametersOf(workflow)).toEqual({ text: '={{ $vars.HOST_2 + $vars["HOST_2"] }}' });
    expect(unresolved).toEqual([]);
  });

  it('an inline sub-workflow is changed inside its text, whose formatting stays', () => {
    const inner = {
      nodes: [{ name: 'x', type: SLACK, credentials: { slackApi: { id: 'a', name: 'Dev' } } }],
      note: 'ü',
    };
    const text = JSON.stringify(inner, null, 3);
    const node = { type: CALL, parameters: { source: 'parameter', workflowJson: text } };
    const { workflow } = remapped([node], [credential({ id: 'a' }, { id: 'b', name: 'Prod' })]);
    expect(parametersOf(workflow).workflowJson).toBe(text.replace('"a"', '"b"').replace('Dev', 'Prod'));
  });
});

describe('what stays unresolved is reported with the reason', () => {
  const reasons = (nodes: readonly NodeFixture[], bindings: readonly Binding[] = []) =>
    remapped(nodes, bindings).unresolved.map(({ reason }) => reason);

  it('unbound, dynamic, ambiguous and incomplete', () => {
    expect(reasons([slack({ id: 'a', name: 'Dev' })])).toEqual(['unbound']);
    expect(reasons([{ type: CALL, parameters: { workflowId: '={{ $json.id }}' } }])).toEqual(['dynamic']);
    expect(
      reasons(
        [slack('Dev')],
        ['b', 'c'].map((id) => credential({ id: `from ${id}`, name: 'Dev' }, { id, name: id })),
      ),
    ).toEqual(['ambiguous']);
    expect(reasons([slack('Dev')], [credential({ name: 'Dev' }, { id: 'b' })])).toEqual(['incomplete']);
  });

  it('not what is kept on purpose, found by name everywhere, or computed from itself', () => {
    const table = {
      type: 'n8n-nodes-base.dataTable',
      parameters: { dataTableId: { __rl: true, mode: 'name', value: 'Orders' } },
    };
    const self = { type: CALL, parameters: { workflowId: '={{ $workflow.id }}' } };
    const code = { type: 'n8n-nodes-base.code', parameters: { jsCode: 'return $vars.A' } };
    expect(reasons([slack({ id: 'a', name: 'Dev' }), table, self, code], [credential({ id: 'a' }, 'keep')])).toEqual(
      [],
    );
  });

  it('a binding of another credential type, or of another id with the same name, is not used', () => {
    const node = slack({ id: 'a', name: 'Dev' });
    expect(reasons([node], [credential({ id: 'a' }, { id: 'b', name: 'x' }, 'slackOAuth2Api')])).toEqual(['unbound']);
    expect(reasons([node], [credential({ id: 'z', name: 'Dev' }, { id: 'b', name: 'x' })])).toEqual(['unbound']);
  });
});

/** Workflows with references in every form; each id has one name. */
const anyWorkflow = fc
  .array(
    fc.record({ form: fc.constantFrom('object', 'plain', 'list', 'url', 'inline', 'name', 'text'), id: fc.nat(5) }),
    { minLength: 1, maxLength: 8 },
  )
  .map((uses) =>
    workflowOf(
      uses.map(({ form, id }, index) => ({ name: `node ${index}`, ...nodeUsing(form, id) })),
      { settings: { errorWorkflow: 'w0', callerPolicy: 'workflowsFromAList', callerIds: 'w1,w2' } },
    ),
  );

function nodeUsing(form: string, id: number): NodeFixture & { readonly parameters: JsonObject } {
  const locator = {
    __rl: true,
    mode: 'list',
    value: `w${id}`,
    cachedResultName: `W ${id}`,
    cachedResultUrl: `/workflow/w${id}`,
  };
  const call = (workflowId: Json) => ({ type: CALL, parameters: { workflowId } });
  if (form === 'plain') return call(`w${id}`);
  if (form === 'list') return call(locator);
  if (form === 'url') return call({ __rl: true, mode: 'url', value: `https://dev.test/workflow/w${id}` });
  if (form === 'text')
    return { type: 'n8n-nodes-base.set', parameters: { a: `={{ $vars.V${id} + $vars['V${id}'] }}` } };
  const holder = {
    type: SLACK,
    parameters: {},
    credentials: { slackApi: form === 'name' ? `C ${id}` : { id: `c${id}`, name: `C ${id}` } },
  };
  if (form !== 'inline') return holder;
  const workflowJson = JSON.stringify({ nodes: [holder, { ...call(locator), name: 'in' }] }, null, id % 3);
  return { type: CALL, parameters: { source: 'parameter', workflowJson } };
}

/** Everything a workflow refers to, bound to what `rename` makes of it. */
function bindingsFor(workflow: Workflow, rename: (text: string) => string): Binding[] {
  const seen = new Set<string>();
  return extractReferences(workflow).flatMap((reference) => {
    const { kind, id, name } = reference;
    const label = kind === 'ownUrl' ? reference.origin : name;
    if (kind === 'self' || kind === 'nodePackage' || kind === 'webhook' || (id ?? label) === undefined) return [];
    if (kind === 'secret' || kind === 'resource' || seen.has(`${kind} ${id} ${label}`)) return [];
    seen.add(`${kind} ${id} ${label}`);
    const to = (text: string | undefined) => (text === undefined ? undefined : rename(text));
    const type = kind === 'credential' ? { credentialType: reference.credentialType } : {};
    return [{ kind, ...type, from: { id, name: label }, to: { id: to(id), name: to(label) } } as Binding];
  });
}

describe('every workflow', () => {
  it('is untouched, the very same object, by a remap with the identity', () => {
    holds(
      fc.property(anyWorkflow, (workflow) => {
        const result = remapReferences(
          workflow,
          bindingsFor(workflow, (text) => text),
        );
        expect(result.workflow).toBe(workflow);
        expect(result.unresolved).toEqual([]);
      }),
    );
  });

  it('comes back whole from a remap with a bijection and its reverse', () => {
    holds(
      fc.property(anyWorkflow, (workflow) => {
        const bindings = bindingsFor(workflow, (text) => `${text}_x`);
        const there = remapReferences(workflow, bindings);
        expect(there.unresolved).toEqual([]);
        expect(there.workflow).not.toEqual(workflow);
        expect(remapReferences(there.workflow, reverseBindings(bindings)).workflow).toEqual(workflow);
      }),
    );
  });
});

const real = realWorkflows();

describe.runIf(real.length > 0)('real workflows', () => {
  it('are untouched by the identity and come back from a bijection', () => {
    for (const [file, workflow] of real) {
      const identity = bindingsFor(workflow, (text) => text);
      expect(remapReferences(workflow, identity).workflow, file).toBe(workflow);
      const bindings = bindingsFor(workflow, (text) => `${text}_x`).filter(({ kind }) => kind !== 'ownUrl');
      const there = remapReferences(workflow, bindings);
      expect(remapReferences(there.workflow, reverseBindings(bindings)).workflow, file).toEqual(workflow);
    }
  });
});
