import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../fixtures/property';
import { realWorkflows } from '../fixtures/real-workflows.fixture';
import { workflowOf } from '../fixtures/workflow-of';
import type { JsonObject } from '../model';
import { type Callable, callable, callGraph } from './call-graph';
import { closureOf } from './closure';
import { components } from './components';

const EXECUTE = 'n8n-nodes-base.executeWorkflow';
const TOOL = '@n8n/n8n-nodes-langchain.toolWorkflow';

interface Call {
  readonly to: string | JsonObject;
  readonly type?: string;
  readonly disabled?: boolean;
}

/** A workflow that names others, by id or with a locator. */
function workflow(id: string, calls: readonly (string | Call)[] = [], settings: JsonObject = {}, name = id): Callable {
  const nodes = calls
    .map((call) => (typeof call === 'string' ? { to: call } : call))
    .map(({ to, type = EXECUTE, disabled = false }: Call, index) => ({
      name: `call ${index}`,
      type,
      disabled,
      parameters: { workflowId: to },
    }));
  return callable(workflowOf(nodes, { id, name, settings }));
}

const close = (workflows: readonly Callable[], ...roots: string[]) => closureOf(callGraph(workflows), roots);

describe('the closure', () => {
  it('contains everything reachable, in every role, and nothing else', () => {
    const inline = { nodes: [{ name: 'x', type: EXECUTE, parameters: { workflowId: 'inner' } }] };
    const host = { type: EXECUTE, parameters: { source: 'parameter', workflowJson: JSON.stringify(inline) } };
    const settings = { errorWorkflow: 'error', callerPolicy: 'workflowsFromAList', callerIds: 'caller' };
    const root = callable(
      workflowOf([host, { type: TOOL, parameters: { workflowId: 'tool' } }], { id: 'root', settings }),
    );
    const others = ['inner', 'tool', 'error', 'caller', 'unrelated'].map((id) => workflow(id));
    expect([...close([root, ...others], 'root').members].sort()).toEqual(['caller', 'error', 'inner', 'root', 'tool']);
  });

  it('writes callees first, and rolls back in the reverse of publishing', () => {
    const closure = close([workflow('a', ['b', 'c']), workflow('b', ['c']), workflow('c')], 'a');
    expect(closure.members).toEqual(['c', 'b', 'a']);
    expect(closure.publishOrder).toEqual(['c', 'b', 'a']);
    expect(closure.rollbackOrder).toEqual(['a', 'b', 'c']);
    expect(closure.secondPass).toEqual([]);
  });

  it('names circles, and the references that need a second pass', () => {
    const closure = close([workflow('a', ['b']), workflow('b', ['a', 'b'])], 'a');
    expect(closure.cycles).toEqual([closure.members]);
    expect(closure.publishCycles).toHaveLength(1);
    expect(closure.secondPass.map(({ from, to }) => [from, to])).toEqual([closure.members]);
  });

  it('a circle through a tool or a disabled node does not stop publishing', () => {
    const closure = close(
      [
        workflow('a', ['b']),
        workflow('b', [
          { to: 'a', type: TOOL },
          { to: 'a', disabled: true },
        ]),
      ],
      'a',
    );
    expect(closure.cycles).toHaveLength(1);
    expect(closure.publishCycles).toEqual([]);
    expect(closure.publishOrder).toEqual(['b', 'a']);
  });

  it('a list of callers brings them in without making a circle of every call', () => {
    const settings = { callerPolicy: 'workflowsFromAList', callerIds: 'a' };
    const closure = close([workflow('a', ['b']), workflow('b', [], settings)], 'b');
    expect(closure.members).toEqual(['b', 'a']);
    expect(closure.cycles).toEqual([]);
    expect(closure.secondPass.map(({ from, to }) => [from, to])).toEqual([['b', 'a']]);
  });
});

describe('a reference that leads nowhere', () => {
  const listed = (name: string) => ({ __rl: true, mode: 'list', value: 'gone', cachedResultName: name });

  it('is missing, ambiguous, dynamic or outside, and says which', () => {
    const file = workflowOf([{ type: EXECUTE, parameters: { source: 'localFile', workflowPath: 'x.json' } }], {
      id: 'file',
    });
    const named = [workflow('t1', [], {}, 'Twin'), workflow('t2', [], {}, 'Twin')];
    const calls = ['nobody', { to: '={{ $json.id }}' }, { to: listed('Twin') }];
    const closure = close([workflow('root', calls), callable(file), ...named], 'root', 'file', 'absent');
    expect(closure.unresolved.map(({ from, reason, candidates }) => [from, reason, candidates])).toEqual([
      ['root', 'missing', []],
      ['root', 'dynamic', []],
      ['root', 'ambiguous', ['t1', 't2']],
      ['file', 'outside', []],
    ]);
    expect(closure.missingRoots).toEqual(['absent']);
  });

  it('to an id that two of them have is ambiguous', () => {
    const closure = close([workflow('root', ['t']), workflow('t'), workflow('t', [], {}, 'other')], 'root');
    expect(closure.unresolved).toMatchObject([{ reason: 'ambiguous', candidates: ['t'] }]);
  });

  it('is followed by its display name only when one workflow has it, and says so', () => {
    const closure = close([workflow('root', [{ to: listed('Only') }]), workflow('o', [], {}, 'Only')], 'root');
    expect(closure.calls).toMatchObject([{ to: 'o', matchedBy: 'name' }]);
  });
});

it('every graph: the closure is what a plain search reaches, each call is ordered or in a circle', () => {
  const graph = fc.array(fc.array(fc.nat(14), { maxLength: 3 }), { minLength: 1, maxLength: 15 });
  holds(
    fc.property(graph, (targets) => {
      const closure = close(
        targets.map((to, id) => workflow(`${id}`, to.map(String))),
        '0',
      );
      const reached = new Set<string>();
      const search = (id: string) => {
        if (reached.has(id) || !targets[Number(id)]) return;
        reached.add(id);
        targets[Number(id)]!.map(String).forEach(search);
      };
      search('0');
      expect(new Set(closure.members)).toEqual(reached);
      const group = new Map(closure.cycles.flatMap((ids, index) => ids.map((id) => [id, index] as const)));
      for (const { from, to } of closure.secondPass) expect(group.get(from)).toBe(group.get(to) ?? 'none');
    }),
  );
});

it('a chain of 100,000 calls, and one circle of them, need no stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => [index + 1]);
  expect(components([...chain, []]).slice(0, 2)).toEqual([[100_000], [99_999]]);
  expect(components([...chain, [0]])).toHaveLength(1);
});

const real = realWorkflows();

it.runIf(real.length > 0)('real workflows: every reference is resolved or named with its reason', () => {
  const callables = real.map(([file, workflow]) => ({ ...callable(workflow), id: workflow.id ?? file }));
  const closure = close(callables, ...callables.map(({ id }) => id));
  const named = new Map(callables.map(({ id, calls }) => [id, calls]));
  const inline = [...named.values()].flat().filter(({ written }) => written === 'inline');
  expect(closure.calls.length + closure.unresolved.length + inline.length).toBe([...named.values()].flat().length);
  expect(new Set(closure.members)).toEqual(new Set(named.keys()));
});
