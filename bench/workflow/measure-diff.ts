import { diffWorkflows } from '@/lib/workflow/diff/diff-workflows';
import type { JsonObject, Workflow } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import type { Measurement } from '../benchmark';
import { shortest } from './clock';
import { DIFF_LIBRARIES } from './diff-libraries';
import { withEdits, withInsertedNode, workflowBody } from './documents';

/** Edits and an inserted node at several sizes, ours beside the libraries, all on the same parsed documents. */
export function measureDiff(): Measurement[] {
  return [...[30, 120, 500, 2_000].flatMap(measureEdits), ...measureInsert(120)];
}

const GOALS: Readonly<Record<number, number>> = { 500: 5, 2000: 25 };

function measureEdits(nodes: number): Measurement[] {
  const before = workflowBody(nodes);
  const after = withEdits(before);
  const [a, b] = [read(before), read(after)];
  const own = shortest(() => diffWorkflows(a, b));
  const whole = shortest(() => diffWorkflows(read(before), read(after)));
  const others = DIFF_LIBRARIES.filter((library) => nodes <= (library.maxNodes ?? Number.POSITIVE_INFINITY)).map(
    (library) => ({ name: library.name, value: shortest(() => library.diff(before, after)) }),
  );
  const fastest = Math.min(...others.map(({ value }) => value));
  const label = `edits in ${nodes} nodes`;
  return [
    { name: `${label}: n8n Ops`, value: own, unit: 'ms', goal: Math.min(fastest, GOALS[nodes] ?? fastest) },
    { name: `${label}: n8n Ops, reading both included`, value: whole, unit: 'ms' },
    ...others.map(({ name, value }) => ({ name: `${label}: ${name}`, value, unit: 'ms' })),
  ];
}

function measureInsert(nodes: number): Measurement[] {
  const before = workflowBody(nodes);
  const after = withInsertedNode(before);
  const own = diffWorkflows(read(before), read(after)).length;
  const others = DIFF_LIBRARIES.filter((library) => nodes <= (library.maxNodes ?? Number.POSITIVE_INFINITY)).map(
    (library) => ({ name: library.name, value: library.count(library.diff(before, after)) }),
  );
  const label = `a node inserted before ${nodes}`;
  const positional = others.filter(({ value }) => value > nodes).map(({ value }) => value);
  return [
    { name: `${label}: n8n Ops`, value: own, unit: 'operations', goal: Math.min(...positional) / 20 },
    ...others.map(({ name, value }) => ({ name: `${label}: ${name}`, value, unit: 'operations' })),
  ];
}

function read(json: JsonObject): Workflow {
  return readWorkflow(json).workflow!;
}
