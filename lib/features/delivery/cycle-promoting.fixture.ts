import fc from 'fast-check';
import { expect } from 'vitest';
import { refusal, type Step, step } from './cycle-commands.fixture';
import {
  type Choice,
  type CycleModel,
  type ModelPromotion,
  NAMES,
  type Name,
  type Planned,
} from './cycle-model.fixture';
import type { CycleWorld } from './cycle-world.fixture';
import { executePromotion, getDeployment, rollBackDeployment } from './deployments/operations';
import { resumeStage } from './pipelines/operations';
import { approvePromotion } from './promotions/decision-operations';
import { getPromotion, initiatePromotion, refreshPromotion } from './promotions/operations';

const selection = fc.subarray([...NAMES], { minLength: 1 });
const choice = fc.constantFrom<Choice | null>('overwrite', 'overwrite', 'skip', null);
const which = fc.nat(2);
/** After how many calls to production its worker is told to stop; null: it is left alone. */
const stop = fc.option(fc.integer({ min: 1, max: 40 }));

const nth = <T>(items: readonly T[], at: number): T => items[at % items.length]!;
const statusOf = ({ blocked, inputs }: Planned, approved: ReadonlySet<string>): ModelPromotion['status'] =>
  blocked ? 'pending' : approved.has(inputs) ? 'approved' : 'pending_approval';

async function initiate(m: CycleModel, w: CycleWorld, selected: Name[], chosen: Choice | null): Promise<void> {
  const choices = new Map(chosen ? selected.map((name) => [name, chosen]) : []);
  const asked = {
    ...{ ...w.route, workflowIds: selected.map((name) => w.inDev[name].workflowId) },
    choices: [...choices].map(([name, resolve]) => ({ workflowId: w.inDev[name].workflowId, resolve })),
  };
  const call = (await w.as('developer'))(initiatePromotion, asked);
  if (m.isHeld) return void expect(await refusal(call)).toBe('stage_on_hold');
  const { id, status, workflows } = await call;
  const planned = m.plan(selected, choices);
  const written = workflows.filter(({ isPlanned }) => isPlanned).map(({ name }) => w.nameOf(name));
  expect([...written].sort(), 'what the plan writes').toEqual(planned.writes.map(({ name }) => name).sort());
  expect(status).toBe(statusOf(planned, new Set()));
  m.promotions.push({ id, status: status as never, selected, choices, inputs: planned.inputs, approved: new Set() });
}

/** Whether the plan of a promotion is what would be planned now; where it is not, it is void from then on. */
function holds(m: CycleModel, promotion: ModelPromotion): boolean {
  const now = m.plan(promotion.selected, promotion.choices);
  return !now.blocked && now.inputs === promotion.inputs;
}

async function approve(m: CycleModel, w: CycleWorld, promotion: ModelPromotion): Promise<void> {
  const call = (await w.as('admin'))(approvePromotion, { id: promotion.id });
  if (promotion.status !== 'pending_approval') {
    expect(await refusal(call)).toBe('not_waiting_for_approval');
  } else if (m.isHeld) {
    expect(await refusal(call)).toBe('stage_on_hold');
  } else if (holds(m, promotion)) {
    expect((await call).status).toBe('approved');
    promotion.approved.add(promotion.inputs);
    promotion.status = 'approved';
  } else {
    expect(await refusal(call)).toBe('plan_moved');
    promotion.status = 'pending';
  }
  await agreeOnStatus(w, promotion);
}

async function agreeOnStatus(w: CycleWorld, { id, status }: ModelPromotion): Promise<void> {
  expect((await (await w.as('viewer'))(getPromotion, { id })).status).toBe(status);
}

async function refresh(m: CycleModel, w: CycleWorld, promotion: ModelPromotion): Promise<void> {
  await (await w.as('developer'))(refreshPromotion, { id: promotion.id });
  const planned = m.plan(promotion.selected, promotion.choices);
  promotion.inputs = planned.inputs;
  promotion.status = statusOf(planned, promotion.approved);
  await agreeOnStatus(w, promotion);
}

async function execute(m: CycleModel, w: CycleWorld, promotion: ModelPromotion, stopAt: number | null): Promise<void> {
  const call = (await w.as('developer'))(executePromotion, { id: promotion.id });
  const early = { pending: 'promotion_blocked', pending_approval: 'approval_required', approved: null };
  const refused = early[promotion.status] ?? (m.isHeld ? 'stage_on_hold' : null);
  if (refused) return void expect(await refusal(call)).toBe(refused);
  if (!holds(m, promotion)) {
    expect(await refusal(call)).toBe('plan_moved');
    promotion.status = 'pending';
    return agreeOnStatus(w, promotion);
  }
  const { deploymentId, jobId } = await call;
  const planned = m.plan(promotion.selected, promotion.choices);
  await runJob(w, jobId, stopAt);
  const deployment = await (await w.as('viewer'))(getDeployment, { id: deploymentId });
  expect(deployment, JSON.stringify(deployment.problems)).toMatchObject({ status: 'completed', problems: [] });
  m.promotions = m.promotions.filter((one) => one !== promotion);
  const before = new Map(planned.writes.map(({ name, now }) => [name, now]));
  await takeIn(m, w, planned.writes);
  const items = new Map([...before].map(([name, copy]) => [name, { id: m.target.get(name)!.id, before: copy }]));
  m.deployments.push({ id: deploymentId, items, rolledBack: false });
  for (const name of [...before.keys(), ...planned.unchanged]) {
    const [source, target] = [m.source.get(name), m.target.get(name)];
    if (source !== undefined && target) m.baselines.set(name, { source, target, deploymentId });
    else m.baselines.delete(name);
  }
}

async function runJob(w: CycleWorld, jobId: string, stopAt: number | null): Promise<void> {
  const worker = new AbortController();
  const release = stopAt === null ? () => {} : w.calls.at(stopAt, () => worker.abort());
  const { status, error } = await w.work(jobId, worker.signal);
  release();
  expect(status, JSON.stringify(error)).toBe('completed');
}

/** What was written stands, and is what is approved from then on. */
async function takeIn(m: CycleModel, w: CycleWorld, writes: Planned['writes']): Promise<void> {
  const stands = await w.inProduction();
  m.target = m.after(writes, new Map([...stands].map(([name, { id }]) => [name, id])));
  m.hasBaseline = true;
  for (const { name } of writes) {
    const { id, doc, runs, archived } = m.target.get(name)!;
    if (archived) m.approved.delete(name);
    else m.approved.set(name, { id, doc, active: runs !== null });
  }
}

async function rollBack(m: CycleModel, w: CycleWorld, at: number, overwrite: boolean): Promise<void> {
  const deployment = nth(
    m.deployments.filter(({ rolledBack }) => !rolledBack),
    at,
  );
  const { writes, edits } = m.rollback(deployment);
  const asked = { id: deployment.id, execute: true, overwrite };
  const call = (await w.as('admin'))(rollBackDeployment, asked);
  if (edits && !overwrite) {
    return void expect(['edited_since', 'released_since', 'still_called']).toContain(await refusal(call));
  }
  if (writes.every((write) => m.isDone(write))) return void expect(await refusal(call)).toBe('nothing_to_roll_back');
  const { id, jobId } = await call;
  await runJob(w, jobId!, null);
  const rollback = await (await w.as('viewer'))(getDeployment, { id });
  expect(rollback, JSON.stringify(rollback.problems)).toMatchObject({ status: 'completed', problems: [] });
  await takeIn(m, w, writes);
  deployment.rolledBack = true;
  m.isHeld = true;
  for (const [name, { deploymentId }] of m.baselines) if (deploymentId === deployment.id) m.baselines.delete(name);
}

/** Taking a callee from under a caller that runs is what such a line refuses; the journal's model has it. */
function canRollBack(m: CycleModel, at: number): boolean {
  const open = m.deployments.filter(({ rolledBack }) => !rolledBack);
  if (open.length === 0) return false;
  if (!m.line.calleesFirst) return true;
  const after = m.after(m.rollback(nth(open, at)).writes, new Map());
  return (after.get('Parent')?.runs ?? null) === null || (after.get('Child')?.runs ?? null) !== null;
}

const promoting: fc.Arbitrary<Step>[] = [
  fc.tuple(selection, choice).map(([selected, chosen]) =>
    step({
      says: `initiate ${selected}, ${chosen ?? 'no choice'}`,
      run: (m, w) => initiate(m, w, selected, chosen),
    }),
  ),
  which.map((at) =>
    step({
      says: `approve ${at}`,
      when: ({ promotions }) => promotions.length > 0,
      run: (m, w) => approve(m, w, nth(m.promotions, at)),
    }),
  ),
  fc.tuple(which, stop).map(([at, stopAt]) =>
    step({
      says: `execute ${at}${stopAt === null ? '' : `, its worker stopped at call ${stopAt}`}`,
      when: ({ promotions }) => promotions.length > 0,
      run: (m, w) => execute(m, w, nth(m.promotions, at), stopAt),
    }),
  ),
  which.map((at) =>
    step({
      says: `refresh ${at}`,
      when: ({ promotions }) => promotions.length > 0,
      run: (m, w) => refresh(m, w, nth(m.promotions, at)),
    }),
  ),
  /** From the selection to the end at once, so that a sequence gets somewhere. */
  fc.tuple(selection, stop).map(([selected, stopAt]) =>
    step({
      says: `release ${selected}${stopAt === null ? '' : `, its worker stopped at call ${stopAt}`}`,
      when: ({ isHeld }) => !isHeld,
      async run(m, w) {
        await initiate(m, w, selected, 'overwrite');
        const promotion = m.promotions.at(-1)!;
        await approve(m, w, promotion);
        await execute(m, w, promotion, stopAt);
      },
    }),
  ),
];

const undoing: fc.Arbitrary<Step>[] = [
  fc.tuple(which, fc.boolean()).map(([at, overwrite]) =>
    step({
      says: `roll back ${at}${overwrite ? ', over edits' : ''}`,
      when: (m) => canRollBack(m, at),
      run: (m, w) => rollBack(m, w, at, overwrite),
    }),
  ),
  fc.constant(
    step({
      says: 'resume',
      when: ({ isHeld }) => isHeld,
      async run(m, w) {
        await (await w.as('admin'))(resumeStage, { id: w.route.pipelineId, stageId: w.route.stageId });
        m.isHeld = false;
      },
    }),
  ),
];

export const PROMOTING = [...promoting, promoting.at(-1)!, promoting.at(-1)!, ...undoing, undoing[0]!];
