import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '@/lib/ports/remote-workflow';
import { holds } from '@/lib/workflow/fixtures/property';
import { buildPlan } from './build-plan';
import type { PlanInput, PlannedEnvironment } from './plan';
import { legacy, modern, plannedWorkflows } from './planned-workflow.fixture';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];
const tags = fc.subarray(['x', 'y', 'z']);
const text = fc.constantFrom('one', 'two');
const wish = fc.record({
  calls: fc.subarray(KEYS),
  before: fc.option(fc.record({ text, active: fc.boolean(), tags })),
  after: fc.option(fc.record({ text, active: fc.boolean(), tags })),
});
const wishes = fc
  .tuple(...KEYS.map(() => wish))
  .map((all) => all.map((one, index) => ({ ...one, key: KEYS[index]! })))
  .filter((all) => all.some(({ before, after }) => before || after));
const planned = wishes.map(plannedWorkflows);
const environment = fc.constantFrom<PlannedEnvironment>(modern, legacy);
const shuffled = <T>(items: readonly T[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

const plan = (rest: Partial<PlanInput> & Pick<PlanInput, 'workflows'>) =>
  buildPlan({ kind: 'promotion', environment: modern, ...rest });
const short = (rest: Partial<PlanInput> & Pick<PlanInput, 'workflows'>) =>
  plan(rest).steps.map(({ action, key }) => `${action} ${key}`);

describe('the digest of a plan', () => {
  it('is the same for the same workflows in any order, and so are the steps', () => {
    const both = planned.chain((workflows) => fc.tuple(fc.constant(workflows), shuffled(workflows), environment));
    holds(
      fc.property(both, ([workflows, other, where]) => {
        const [a, b] = [workflows, other].map((list) => plan({ workflows: list, environment: where }));
        expect(b!.digest).toBe(a!.digest);
        expect(b!.steps).toEqual(a!.steps);
      }),
    );
  });

  const base = plannedWorkflows([
    { key: 'a', before: { text: 'one', active: true }, after: { text: 'two', active: true } },
  ]);
  const [one] = base;
  const moved = (edit: (document: WorkflowDocument) => void) => {
    const workflows = structuredClone(base);
    edit(workflows[0]!.desired!.document);
    return plan({ workflows }).digest;
  };

  it('moves with the source, the target, a binding and the state that is wanted', () => {
    const digests = [
      plan({ workflows: base }).digest,
      moved((document) => Object.assign(document.nodes[1]!, { parameters: { text: 'three' } })),
      moved((document) => Object.assign(document.settings, { timezone: 'Europe/Berlin' })),
      moved((document) => Object.assign(document, { name: 'Other' })),
      plan({ workflows: [{ ...one!, expected: { ...one!.expected!, settings: 'f'.repeat(64) } }] }).digest,
      plan({ workflows: [{ ...one!, desired: { ...one!.desired!, active: false } }] }).digest,
      plan({ workflows: base, bindingsDigest: 'other' }).digest,
      plan({ workflows: base, environment: legacy }).digest,
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('does not move with the layout of the target, nor with that of the source where the target keeps its own', () => {
    const { digest } = plan({ workflows: base });
    const expected = { ...one!.expected!, layout: 'f'.repeat(64) };
    expect(plan({ workflows: [{ ...one!, expected }] }).digest).toBe(digest);
    const position = ({ nodes }: WorkflowDocument) => Object.assign(nodes[0]!, { position: [9, 9] });
    expect(moved(position)).toBe(digest);
    const brought = structuredClone(base);
    position(brought[0]!.desired!.document);
    expect(plan({ workflows: brought, layout: 'bring' }).digest).not.toBe(
      plan({ workflows: base, layout: 'bring' }).digest,
    );
  });
});

describe('the order of a plan', () => {
  it('has callees made, saved and published before their callers, but for circles', () => {
    holds(
      fc.property(wishes, environment, (all, where) => {
        const { steps } = plan({ workflows: plannedWorkflows(all), environment: where });
        const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
          callsOf(from).some((next) => next === to || (!seen.has(next) && seen.add(next) && reaches(next, to, seen)));
        const callsOf = (key: string) => {
          const found = all.find((one) => one.key === key)!;
          return found.after ? found.calls : [];
        };
        const at = (action: string, key: string) =>
          steps.findIndex((step) => step.action === action && step.key === key);
        for (const from of KEYS) {
          for (const to of callsOf(from)) {
            if (to === from || reaches(to, from)) continue;
            for (const action of ['create', 'publish']) {
              if (at(action, from) >= 0) expect(at(action, to)).toBeLessThan(at(action, from));
            }
          }
        }
      }),
    );
  });

  it('saves every draft before anything goes live where the version can, and archives last', () => {
    holds(
      fc.property(planned, (workflows) => {
        const actions = plan({ workflows }).steps.map(({ action }) => action);
        const last = (...names: string[]) => actions.findLastIndex((action) => names.includes(action));
        const publish = actions.indexOf('publish');
        if (publish >= 0) expect(last('create', 'update', 'tags', 'unarchive')).toBeLessThan(publish);
        const archive = actions.indexOf('archive');
        if (archive >= 0) expect(last('create', 'update', 'tags', 'publish')).toBeLessThan(archive);
      }),
    );
  });

  it('makes workflows that call each other first without knowing the ids, then once more with them', () => {
    const workflows = plannedWorkflows([
      { key: 'a', calls: ['b'], after: { text: 'one', active: true } },
      { key: 'b', calls: ['a'], after: { text: 'one', active: true } },
    ]);
    expect(short({ workflows })).toEqual([
      ...['create a', 'create b', 'update a', 'publish a', 'publish b', 'probe a', 'probe b'],
    ]);
  });
});

describe('the writes of a plan', () => {
  const before = { text: 'one', active: true };
  const one = (rest: Omit<Parameters<typeof plannedWorkflows>[0][number], 'key'>) =>
    plannedWorkflows([{ key: 'a', ...rest }]);

  it.each([
    ['nothing where nothing differs', { before, after: before }, ['probe a'], ['probe a']],
    [
      'a save of what runs',
      { before, after: { text: 'two', active: true } },
      ['update a', 'publish a', 'probe a'],
      ['update a', 'probe a'],
    ],
    [
      'a save of what is to stop',
      { before, after: { text: 'two', active: false } },
      ['update a', 'unpublish a'],
      ['unpublish a', 'update a'],
    ],
    ['a new state alone', { before, after: { text: 'one', active: false } }, ['unpublish a'], ['unpublish a']],
    ['new tags alone', { before, after: { ...before, tags: ['x'] } }, ['tags a', 'probe a'], ['tags a', 'probe a']],
    [
      'one that is made',
      { after: { text: 'one', active: true, tags: ['x'] } },
      ['create a', 'tags a', 'publish a', 'probe a'],
      ['create a', 'tags a', 'publish a', 'probe a'],
    ],
    ['one that is to go', { before, after: null }, ['unpublish a', 'archive a'], ['unpublish a']],
    [
      'one that was archived',
      { before: { text: 'one', active: false, archived: true }, after: { text: 'two', active: false } },
      ['unarchive a', 'update a'],
      ['unarchive a', 'update a'],
    ],
  ])('%s', (_, wish, onModern, onLegacy) => {
    expect(short({ workflows: one(wish) })).toEqual(onModern);
    expect(short({ workflows: one(wish), environment: legacy })).toEqual(onLegacy);
  });

  it('are literal', () => {
    const workflows = one({ before, after: { text: 'two', active: true } });
    const calls = (where: PlannedEnvironment) =>
      plan({ workflows, environment: where }).steps.map(({ method, path, interruption }) => [
        `${method} ${path}`,
        interruption,
      ]);
    expect(calls(modern)).toEqual([
      ['PUT /workflows/id-a?publishIfActive=false', 'none'],
      ['POST /workflows/id-a/publish', 'moment'],
      ['OPTIONS /webhook/hook-a', 'none'],
    ]);
    expect(calls(legacy)).toEqual([
      ['PUT /workflows/id-a', 'moment'],
      ['OPTIONS /webhook/hook-a', 'none'],
    ]);
  });

  it('make a missing tag once', () => {
    const workflows = ['a', 'b'].flatMap((key) =>
      plannedWorkflows([{ key, before, after: { ...before, tags: ['new', 'old'] } }]),
    );
    const { steps } = plan({ workflows, environment: { ...modern, tags: ['old'] } });
    expect(steps.map(({ method, path }) => `${method} ${path}`).slice(0, 3)).toEqual([
      ...['POST /tags', 'PUT /workflows/id-a/tags', 'PUT /workflows/id-b/tags'],
    ]);
    expect(steps[0]).toMatchObject({ name: 'new', reversible: false });
  });
});
