import { expect, test } from 'vitest';
import { logicDigest, partDigests } from '@/lib/workflow/digest/digest';
import { type NodeFixture, type WorkflowFixture, workflowOf } from '@/lib/workflow/fixtures/workflow-of';
import { runningWorkflow, type Workflow } from '@/lib/workflow/model';
import { classify, classifyDeleted, classifyUnmanaged } from './classify';
import { type Expectation, withExpected } from './expectations';
import { type ApprovedTarget, differs, type ObservedTarget } from './model';

const BASE = 'n8n-nodes-base.';
const hook: NodeFixture = { id: 'a', type: `${BASE}webhook`, parameters: { path: 'orders' }, webhookId: 'w1' };
const ask = (url: string, credential = 'c1'): NodeFixture => ({
  id: 'b',
  type: `${BASE}httpRequest`,
  parameters: { url },
  credentials: { httpHeaderAuth: { id: credential, name: 'Shop API' } },
});
const NODES = [hook, ask('https://shop.example')];
const LIVE = { active: true, links: ['webhook > httpRequest'], tags: [{ name: 'shop' }] };

const flow = (nodes: readonly NodeFixture[] = NODES, rest: WorkflowFixture = {}) =>
  workflowOf(nodes, { ...LIVE, ...rest });

function approvedOf(workflow: Workflow): { target: ApprovedTarget; workflow: Workflow } {
  const { logic, settings } = partDigests(workflow);
  const { active, archived, tags } = workflow;
  return { workflow, target: { logicDigest: logic, settingsDigest: settings, active, archived, tags } };
}

function observedOf(workflow: Workflow): { target: ObservedTarget; workflow: Workflow } {
  const running = runningWorkflow(workflow);
  const publishedDigest = running && logicDigest(running);
  return { workflow, target: { ...approvedOf(workflow).target, publishedDigest } };
}

function verdict(seen: Workflow, expectations: readonly Expectation[] = [], approved = flow()) {
  const [before, after] = [approvedOf(approved), observedOf(seen)];
  return differs(before.target, after.target) ? classify(before, after, expectations) : null;
}

const publishedAs = (nodes: readonly NodeFixture[]) => {
  const named = nodes.map((node, at) => ({
    name: node.type.split('.').at(-1)!,
    typeVersion: 1,
    position: [at * 200, 0],
    ...node,
  }));
  const connections = { webhook: { main: [[{ node: 'httpRequest', type: 'main', index: 0 }]] } };
  return {
    versionId: 'v0',
    activeVersion: { versionId: 'v1', nodes: named, connections },
  } as unknown as WorkflowFixture;
};
const OTHER = [hook, ask('https://elsewhere.example')];

test.each<readonly [what: string, seen: Workflow, classes: string[] | null]>([
  ['nothing', flow(), null],
  ['a node moved', flow([{ ...hook, position: [900, 900] }, NODES[1]!]), null],
  ['a note and test data', flow(NODES, { pinData: { webhook: [{ json: {} }] } }), null],
  ['a sticky note', flow([...NODES, { id: 'n', type: `${BASE}stickyNote`, parameters: { content: 'x' } }]), null],
  ['a webhook id that n8n made', flow([{ ...hook, webhookId: 'w2' }, NODES[1]!]), null],
  ['a parameter, draft and live', flow(OTHER), ['edited', 'published_without_promotion']],
  ['a parameter of the draft alone', flow(OTHER, publishedAs(NODES)), ['edited']],
  ['what runs alone', flow(NODES, publishedAs(OTHER)), ['published_without_promotion']],
  ['switched off', flow(NODES, { active: false }), ['deactivated']],
  ['archived', flow(NODES, { active: false, isArchived: true }), ['deactivated']],
  ['a name', flow(NODES, { name: 'Other' }), ['settings']],
  ['a time zone', flow(NODES, { settings: { timezone: 'Asia/Tokyo' } }), ['settings']],
  ['a tag', flow(NODES, { tags: [{ name: 'shop' }, { name: 'new' }] }), ['tags']],
  ['a tag and switched off', flow(NODES, { tags: [], active: false }), ['deactivated', 'tags']],
])('%s is recognised as what it is', (_what, seen, classes) => {
  expect(verdict(seen)?.classes.toSorted() ?? null).toEqual(classes?.toSorted() ?? null);
});

test('another credential is a rebinding, not an edit', () => {
  const found = verdict(
    flow([hook, ask('https://shop.example', 'c2')], { active: false }),
    [],
    flow(NODES, { active: false }),
  );
  expect(found).toMatchObject({ driftClass: 'credential_rebound', classes: ['credential_rebound'] });
});

test('a credential under another name is the same one', () => {
  const renamed = { ...ask('https://shop.example'), credentials: { httpHeaderAuth: { id: 'c1', name: 'Renamed' } } };
  expect(verdict(flow([hook, renamed]))).toBeNull();
});

test('an idle workflow that was switched on is activated', () => {
  expect(verdict(flow(), [], flow(NODES, { active: false }))).toMatchObject({
    classes: ['activated'],
    severity: 'high',
  });
});

const because = { by: 'binding', reason: 'Production has its own', who: 'ops', until: null } as const;

test('what a binding declares is expected: the credential and the parameter exactly as declared', () => {
  const credential: Expectation = { kind: 'credential', credentialType: 'httpHeaderAuth', n8nId: 'c2', because };
  const override = {
    node: 'httpRequest',
    path: ['parameters', 'url'],
    type: 'text',
    value: 'https://b.example',
  } as const;
  const parameter: Expectation = { kind: 'parameter', override, because };
  const seen = flow([hook, ask('https://b.example', 'c2')]);
  expect(verdict(seen, [credential, parameter])).toMatchObject({ expected: { by: 'binding', who: 'ops' } });
  expect(verdict(seen, [credential])).toMatchObject({ driftClass: 'edited', expected: null });
  expect(verdict(seen, [parameter])).toMatchObject({ driftClass: 'credential_rebound', expected: null });
  const another = flow([hook, ask('https://c.example', 'c2')]);
  expect(verdict(another, [credential, parameter])).toMatchObject({ driftClass: 'edited', expected: null });
});

test('of two declared credentials one in the place of the other is drift, and a new one of the same requirement is not', () => {
  const credential = (n8nId: string): Expectation => ({
    kind: 'credential',
    credentialType: 'httpHeaderAuth',
    n8nId,
    because,
  });
  const seen = flow([hook, ask('https://shop.example', 'c2')]);
  expect(verdict(seen, [credential('c2')])).toMatchObject({ expected: { by: 'binding' } });
  expect(verdict(seen, [credential('c1'), credential('c2')])).toMatchObject({
    classes: ['credential_rebound', 'published_without_promotion'],
    expected: null,
  });
});

test('what goes back to an instance leaves alone what was declared, or done with a reason', () => {
  const override = {
    node: 'httpRequest',
    path: ['parameters', 'url'],
    type: 'text',
    value: 'https://b.example',
  } as const;
  const expectations: Expectation[] = [
    { kind: 'parameter', override, because },
    { kind: 'active', active: false, because },
  ];
  const node = { ...hook, parameters: { path: 'orders', options: { rawBody: true } } };
  const back = withExpected(flow(), flow([node, ask('https://b.example')], { active: false }), expectations);
  expect(back.active).toBe(false);
  expect(new Map(back.nodes.map(({ name, parameters }) => [name, parameters]))).toEqual(
    new Map<string, object>([
      ['webhook', { path: 'orders' }],
      ['httpRequest', { url: 'https://b.example' }],
    ]),
  );
  expect(withExpected(flow(), flow(OTHER), expectations)).toEqual(flow());
});

test('what an admin switched or tagged through us with a reason is expected, and nothing beyond it', () => {
  const action = { ...because, by: 'action' } as const;
  const off: Expectation = { kind: 'active', active: false, because: action };
  expect(verdict(flow(NODES, { active: false }), [off])).toMatchObject({ expected: { by: 'action' } });
  expect(verdict(flow(NODES, { active: false, name: 'Other' }), [off])).toMatchObject({
    driftClass: 'settings',
    expected: null,
  });
  const tags: Expectation = { kind: 'tags', tags: ['b', 'a'], because: action };
  expect(verdict(flow(NODES, { tags: [{ name: 'a' }, { name: 'b' }] }), [tags])?.expected).not.toBeNull();
});

test('severity follows the risk of what runs; a draft that does not run is medium at most', () => {
  const open = [{ ...hook, parameters: { path: 'orders' } }, ask('https://shop.example')];
  const closed = flow([{ ...hook, parameters: { path: 'orders', authentication: 'basicAuth' } }, NODES[1]!]);
  expect(verdict(flow(open), [], closed)).toMatchObject({ severity: 'critical' });
  const draft = workflowOf(open, {
    ...LIVE,
    ...publishedAs([{ ...hook, parameters: { path: 'orders', authentication: 'basicAuth' } }, NODES[1]!]),
  });
  expect(verdict(draft, [], closed)).toMatchObject({ driftClass: 'edited', severity: 'medium' });
});

test('a difference is told in sentences, with the reasons of its risk', () => {
  const found = verdict(flow(OTHER));
  expect(found?.sentences.join()).toContain('elsewhere.example');
  expect(found?.reasons.length).toBeGreaterThan(0);
});

test('what is gone is critical where it ran; what nobody approved is medium where it runs', () => {
  const { target } = approvedOf(flow());
  expect(classifyDeleted(target, 'Orders').severity).toBe('critical');
  expect(classifyDeleted({ ...target, active: false }, 'Orders').severity).toBe('high');
  const seen = observedOf(flow()).target;
  expect(classifyUnmanaged(seen, 'Orders').severity).toBe('medium');
  expect(classifyUnmanaged({ ...seen, active: false }, 'Orders').severity).toBe('low');
});
