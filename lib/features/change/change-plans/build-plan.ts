import { sha256 } from '#sha256';
import { writeJson } from '@/lib/workflow/canonical/write-json';
import { partDigests } from '@/lib/workflow/digest/digest';
import { compareText, type Json } from '@/lib/workflow/model';
import { readWorkflow } from '@/lib/workflow/read/read-workflow';
import { type Orders, ordersOf } from './order';
import type { ChangePlan, PlanInput, PlannedEnvironment, PlannedWorkflow } from './plan';
import type { PlanStep } from './schema';
import { type DraftStep, WorkflowSteps } from './workflow-steps';

/**
 * The literal writes that make the target what is desired, in their order. Pure: the same input in any order gives the
 * same plan and the same digest.
 */
export function buildPlan(input: PlanInput): ChangePlan {
  const { kind, environment, layout = 'keep' } = input;
  const orders = ordersOf(input.workflows, input.calls);
  const byKey = new Map(input.workflows.map((planned) => [planned.key, planned]));
  if (byKey.size !== input.workflows.length) throw new Error('A key stands twice among the planned workflows.');
  const workflows = orders.writing.map((key) => byKey.get(key)!);
  const steps = stepsOf(workflows, orders, environment).map((step, position) => ({ position, ...step }));
  const digest = digestOf(input, layout, steps);
  return { environmentId: environment.id, kind, digest, layout, steps, workflows, source: input.source ?? null };
}

/**
 * Where drafts can be saved beside what runs, everything is saved before anything goes live. Where each save goes
 * live, callees are finished before their callers. What is to go, goes last.
 */
function stepsOf(
  workflows: readonly PlannedWorkflow[],
  { publishing }: Orders,
  environment: PlannedEnvironment,
): DraftStep[] {
  const all = workflows.map((planned, at) => {
    const madeLater = workflows.slice(at).filter(({ expected, desired }) => !expected && desired);
    return new WorkflowSteps(
      planned,
      environment,
      madeLater.map(({ key }) => key),
    );
  });
  const byKey = new Map(all.map((one) => [one.planned.key, one]));
  const live = publishing.map((key) => byKey.get(key)!);
  const staying = all.filter(({ desired }) => desired !== null);
  const going = live.filter(({ desired }) => desired !== null);
  const leaving = live.filter(({ desired }) => desired === null).toReversed();
  return [
    ...missingTags(all, environment),
    ...staying.flatMap((one) => one.create()),
    ...(environment.writes.savePublishes === 'optional' ? draftsFirst(staying, going) : oneByOne(staying, going)),
    ...leaving.flatMap((one) => [...one.unpublish(), ...one.archive()]),
    ...going.flatMap((one) => one.probes()),
  ];
}

type Steps = readonly WorkflowSteps[];

const draftsFirst = (writing: Steps, publishing: Steps): DraftStep[] => [
  ...writing.flatMap((one) => [...one.unarchive(), ...one.update(), ...one.tags()]),
  ...publishing.toReversed().flatMap((one) => one.unpublish()),
  ...publishing.flatMap((one) => one.publish()),
];

const oneByOne = (writing: Steps, publishing: Steps): DraftStep[] => [
  ...writing.filter(({ isMade }) => isMade).flatMap((one) => one.update()),
  ...publishing.flatMap((one) => [
    ...one.unpublish(),
    ...one.unarchive(),
    ...(one.isMade ? [] : one.update()),
    ...one.tags(),
    ...one.publish(),
  ]),
];

/** A tag is made once, for the first workflow that wants it, and stays: there is no call that would take it away. */
function missingTags(workflows: Steps, { tags }: PlannedEnvironment): DraftStep[] {
  if (!tags) return [];
  const missing = new Map<string, WorkflowSteps>();
  for (const one of workflows) {
    for (const name of one.desired?.tags ?? []) if (!tags.includes(name) && !missing.has(name)) missing.set(name, one);
  }
  return [...missing]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(
      ([
        name,
        {
          planned: { key },
        },
      ]) => ({
        ...{ key, workflowId: null, name, action: 'tag', method: 'POST', path: '/tags' },
        ...{ precondition: 'There is no tag of this name.', reversible: false, interruption: 'none' },
      }),
    );
}

function digestOf(input: PlanInput, layout: 'keep' | 'bring', steps: readonly PlanStep[]): string {
  const workflows = input.workflows.toSorted((a, b) => compareText(a.key, b.key)).map((one) => identity(one, layout));
  return sha256(
    writeJson({
      format: 'n8nops-plan/2',
      ...{ kind: input.kind, environmentId: input.environment.id, layout, workflows },
      bindings: input.bindingsDigest ?? null,
      steps: steps.map(({ key, action, method, path }) => [key, action, method, path]),
    } as unknown as Json),
  );
}

/** Everything of a planned workflow that is compared or written. A layout counts only where it is what is asked for. */
function identity({ key, n8nId, name, madeFrom, expected, desired }: PlannedWorkflow, layout: 'keep' | 'bring') {
  const { layout: _target, ...state } = expected ?? {};
  const workflow = desired && readWorkflow(desired.document).workflow;
  if (desired && !workflow) throw new Error(`What ${name} is to become is no workflow.`);
  const parts = workflow && partDigests(workflow);
  const written = parts && { ...parts, layout: layout === 'bring' ? parts.layout : null };
  const tags = desired?.tags.toSorted(compareText) ?? null;
  const expectedState = expected ? state : null;
  const active = desired?.active ?? null;
  return { key, n8nId, name, madeFrom: madeFrom ?? null, expected: expectedState, desired: written, active, tags };
}
