import { type Callable, callable, callGraph } from '@/lib/workflow/closure/call-graph';
import { closureOf } from '@/lib/workflow/closure/closure';
import type { Json, Workflow } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import type { Benchmark, Measurement } from './benchmark';
import { shortest } from './workflow/clock';

const WORKFLOWS = 10_000;
/** The median of several thousand public workflows. */
const NODES = 11;
/** Two in eleven nodes call another workflow: in the wild it is one in fifty. */
const CALLS = 2;

/** A linear congruential generator: the same workflows on every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield state;
  }
}

function makeWorkflows(): Workflow[] {
  const random = numbers(7);
  return Array.from({ length: WORKFLOWS }, (_, index) => {
    const nodes: Json[] = Array.from({ length: NODES }, (_unused, position) => ({
      id: `${index}-${position}`,
      name: `Node ${position}`,
      type: position < CALLS ? 'n8n-nodes-base.executeWorkflow' : 'n8n-nodes-base.set',
      typeVersion: 1,
      position: [position * 200, 0],
      parameters:
        position < CALLS
          ? { workflowId: { __rl: true, mode: 'list', value: `w${random.next().value % WORKFLOWS}` } }
          : { value: '={{ $json.a }}' },
    }));
    return readWorkflow({ id: `w${index}`, name: `Workflow ${index}`, nodes, connections: {} }).workflow!;
  });
}

async function run(): Promise<Measurement[]> {
  const workflows = makeWorkflows();
  const callables: Callable[] = workflows.map(callable);
  const graph = callGraph(callables);
  const roots = ['w0'];
  const members = closureOf(graph, roots).members.length;
  const whole = () => closureOf(callGraph(workflows.map(callable)), roots);
  const resolved = () => closureOf(callGraph(callables), roots);
  return [
    { name: 'from references: resolving, closure, circles, orders', value: shortest(resolved), unit: 'ms', goal: 150 },
    { name: 'from the workflows themselves', value: shortest(whole), unit: 'ms', goal: 150 },
    { name: 'members reached from one root', value: members, unit: 'workflows' },
  ];
}

/** The closure over ten thousand workflows, as a plan asks for it. */
export default {
  title: `the closure over ${WORKFLOWS} workflows of ${NODES} nodes, ${CALLS} calls each, circles included`,
  run,
} satisfies Benchmark;
