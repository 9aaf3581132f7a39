import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../canonical/document';
import { applyChanges } from '../diff/apply-changes';
import { anyWorkflow, tidyWorkflow } from '../fixtures/arbitrary-workflow';
import orderIntake from '../fixtures/order-intake.json';
import { holds } from '../fixtures/property';
import type { Workflow } from '../model';
import { readWorkflow } from '../read/read-workflow';
import { renameNodes } from '../rename/rename-nodes';
import type { Side } from './conflict';
import { mergeWorkflows } from './merge-workflows';

const read = (json: unknown): Workflow => readWorkflow(json).workflow!;
const base = read(orderIntake);

// biome-ignore lint/suspicious/noExplicitAny: a draft of foreign JSON, edited by the tests
type Edit = (draft: any) => void;

function edited(...edits: Edit[]): Workflow {
  const draft = structuredClone(orderIntake);
  for (const edit of edits) edit(draft);
  return read(draft);
}

const byName = (workflow: Workflow) => new Map(workflow.nodes.map((node) => [node.name, node]));

describe('a merge without conflict', { timeout: 60_000 }, () => {
  it('gives the changed side when the other stands still, and both when they agree', () => {
    holds(
      fc.property(anyWorkflow, anyWorkflow, (before, after) => {
        for (const [ours, theirs] of [
          [before, after],
          [after, before],
          [after, after],
        ] as const) {
          const { workflow, conflicts } = mergeWorkflows(before, ours, theirs);
          expect(conflicts).toEqual([]);
          expect(canonicalText(workflow)).toBe(canonicalText(after));
        }
      }),
    );
  });

  it('of disjoint edits equals both, whichever side is ours', () => {
    const edits: Edit[] = [
      (draft) => (draft.nodes[4].parameters.url = 'https://api.example.com'),
      (draft) => (draft.nodes[4].parameters.options.timeout = 60_000),
      (draft) => (draft.nodes[4].disabled = true),
      (draft) => (draft.nodes[6].credentials.smtp.id = 'other'),
      (draft) => (draft.nodes[2].parameters.jsCode = 'return []'),
      (draft) => (draft.nodes[0].position = [5, 5]),
      (draft) => (draft.settings.timezone = 'UTC'),
      (draft) => (draft.description = 'Takes orders'),
      (draft) => draft.tags.push({ name: 'shop' }),
      (draft) =>
        draft.nodes.push({ id: 'n', name: 'New', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 0] }),
      (draft) => draft.connections['In stock?'].main[1].push({ node: 'Charge card', type: 'main', index: 0 }),
      (draft) => (draft.pinData['Charge card'] = [{ json: {} }]),
    ];
    holds(
      fc.property(
        fc.array(fc.constantFrom<Side | null>('ours', 'theirs', null), { minLength: edits.length }),
        (owners) => {
          const [ours, theirs] = (['ours', 'theirs'] as const).map((side) =>
            edited(...edits.filter((_, index) => owners[index] === side)),
          );
          const { workflow, conflicts } = mergeWorkflows(base, ours!, theirs!);
          expect(conflicts).toEqual([]);
          expect(canonicalText(workflow)).toBe(canonicalText(edited(...edits.filter((_, index) => owners[index]))));
        },
      ),
    );
  });

  it('lets the connections and expressions of one side follow the rename of the other', () => {
    const ours = renameNodes(base, new Map([[byName(base).get('Validate order')!.key, 'Check']]));
    const theirs = edited(
      (draft) => (draft.nodes[6].parameters.subject = "={{ $('Validate order').item.json.total }}"),
    );
    const { workflow, conflicts } = mergeWorkflows(base, ours, theirs);
    expect(conflicts).toEqual([]);
    expect(byName(workflow).get('Backorder mail')!.parameters.subject).toBe("={{ $('Check').item.json.total }}");
    expect(workflow.edges.filter((edge) => edge.to === 'Check')).toHaveLength(2);
  });

  it('of two moves keeps ours: places are no conflict', () => {
    const [ours, theirs] = [
      edited((d) => (d.nodes[0].position = [1, 1])),
      edited((d) => (d.nodes[0].position = [2, 2])),
    ];
    const { workflow, conflicts } = mergeWorkflows(base, ours, theirs);
    expect([conflicts, byName(workflow).get('Orders webhook')!.position]).toEqual([[], [1, 1]]);
  });
});

describe('a conflict is named and can be decided', { timeout: 60_000 }, () => {
  const url =
    (value: string): Edit =>
    (draft) =>
      (draft.nodes[4].parameters.url = value);
  const without =
    (name: string): Edit =>
    (draft) => {
      draft.nodes = draft.nodes.filter((node: { name: string }) => node.name !== name);
      draft.connections = JSON.parse(JSON.stringify(draft.connections), (_, value) =>
        Array.isArray(value) ? value.filter((target) => target?.node !== name) : value,
      );
      delete draft.connections[name];
    };
  const decide = (ours: Workflow, theirs: Workflow, id: string, side: Side) =>
    mergeWorkflows(base, ours, theirs, new Map([[id, side]])).workflow;

  it('when both set one value differently', () => {
    const [ours, theirs] = [edited(url('https://a')), edited(url('https://b'))];
    const { conflicts } = mergeWorkflows(base, ours, theirs);
    expect(conflicts).toMatchObject([
      { subject: 'node', name: 'Charge card', reasons: ['both-changed'], paths: [['parameters', 'url']] },
    ]);
    const chosen = (side: Side) =>
      byName(decide(ours, theirs, conflicts[0]!.id, side)).get('Charge card')!.parameters.url;
    expect([chosen('ours'), chosen('theirs')]).toEqual(['https://a', 'https://b']);
  });

  it('when one removed what the other changed; keeping it brings its connections back', () => {
    const [ours, theirs] = [edited(without('Charge card')), edited(url('https://b'))];
    const { workflow, conflicts } = mergeWorkflows(base, ours, theirs);
    expect(conflicts).toMatchObject([{ name: 'Charge card', reasons: ['removed-and-changed'], ours: null }]);
    expect(byName(workflow).has('Charge card')).toBe(false);
    const kept = decide(ours, theirs, conflicts[0]!.id, 'theirs');
    expect(kept.edges.filter((edge) => [edge.from, edge.to].includes('Charge card'))).toHaveLength(2);
  });

  it('when one removed what the other connected anew', () => {
    const theirs = edited((draft) =>
      draft.connections['In stock?'].main[1].push({ node: 'Charge card', type: 'main', index: 0 }),
    );
    const { conflicts } = mergeWorkflows(base, edited(without('Charge card')), theirs);
    expect(conflicts).toMatchObject([{ name: 'Charge card', reasons: ['removed-and-changed'] }]);
  });

  it('when both added a node of one name', () => {
    const add =
      (type: string): Edit =>
      (draft) =>
        draft.nodes.push({ id: type, name: 'New', type, typeVersion: 1, position: [0, 0] });
    const { workflow, conflicts } = mergeWorkflows(base, edited(add('a')), edited(add('b')));
    expect(conflicts).toMatchObject([{ name: 'New', reasons: ['both-added'] }]);
    expect(workflow.nodes.filter((node) => node.name === 'New')).toHaveLength(1);
  });

  it('when both renamed a node', () => {
    const rename =
      (name: string): Edit =>
      (draft) =>
        (draft.nodes[7].name = name);
    const [ours, theirs] = [edited(rename('One')), edited(rename('Two'))];
    const { conflicts } = mergeWorkflows(base, ours, theirs);
    expect(conflicts).toMatchObject([{ reasons: ['both-renamed'] }]);
    expect(byName(decide(ours, theirs, conflicts[0]!.id, 'theirs')).has('Two')).toBe(true);
  });

  it('when a name is taken by another node, which then gets a number', () => {
    const ours = edited((draft) => (draft.nodes[7].name = 'Extra'));
    const theirs = edited((draft) =>
      draft.nodes.push({ id: 'x', name: 'Extra', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 0] }),
    );
    const { workflow, conflicts } = mergeWorkflows(base, ours, theirs);
    expect(conflicts).toMatchObject([{ reasons: ['name-taken'], name: 'Extra1' }]);
    expect(workflow.nodes.filter((node) => /^Extra1?$/.test(node.name))).toHaveLength(2);
  });

  it('when both set a setting', () => {
    const zone =
      (timezone: string): Edit =>
      (draft) =>
        (draft.settings.timezone = timezone);
    const [ours, theirs] = [edited(zone('UTC')), edited(zone('Asia/Tokyo'))];
    expect(mergeWorkflows(base, ours, theirs).conflicts).toMatchObject([
      { id: 'workflow:settings.timezone', taken: 'ours' },
    ]);
    expect(decide(ours, theirs, 'workflow:settings.timezone', 'theirs').settings.timezone).toBe('Asia/Tokyo');
  });

  it('in time that grows with the workflow, however much clashes', () => {
    const wide = (value: number): Workflow =>
      read({
        name: 'Wide',
        nodes: [{ id: '1', name: 'A', type: 't', parameters: Object.fromEntries(numbers.map((n) => [n, value])) }],
        pinData: Object.fromEntries(numbers.map((n) => [n, [value]])),
      });
    const numbers = Array.from({ length: 10_000 }, (_, index) => `key${index}`);
    const start = performance.now();
    const { conflicts } = mergeWorkflows(wide(0), wide(1), wide(2));
    expect(conflicts).toHaveLength(1 + numbers.length);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('and every choice of sides gives a valid workflow', () => {
    holds(
      fc.property(
        tidyWorkflow,
        tidyWorkflow,
        tidyWorkflow,
        fc.infiniteStream(fc.boolean()),
        (before, ours, theirs, coin) => {
          const { conflicts } = mergeWorkflows(before, ours, theirs);
          const choices = new Map(
            conflicts.map(({ id }) => [id, coin.next().value ? 'ours' : 'theirs'] as [string, Side]),
          );
          const { workflow } = mergeWorkflows(before, ours, theirs, choices);
          const again = readWorkflow(JSON.parse(canonicalText(workflow)), { name: workflow.name });
          expect(again.problems.filter((problem) => problem.severity !== 'note')).toEqual([]);
          expect(new Set(workflow.nodes.map((node) => node.name)).size).toBe(workflow.nodes.length);
          expect(canonicalText(applyChanges(again.workflow!, []))).toBe(canonicalText(workflow));
        },
      ),
    );
  });
});
