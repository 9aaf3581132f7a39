import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedInstance } from '@/lib/features/inventory/instance.fixture';
import type { Capability } from '@/lib/ports/provider-probe';
import type { WorkflowGraph } from '@/lib/ports/remote-workflow';
import { closeHouse, newTenant, openHouse } from '@/lib/testing/house';
import { callingDocument } from '../change-plans/planned-workflow.fixture';
import { isInState, targetOf } from '../change-plans/target';
import { executeRun } from './execute-run';
import { expireLease, killAt, readJournal } from './interruption.fixture';
import {
  changing,
  connectEnvironment,
  kindOf,
  type Place,
  prepareRun,
  QUICK,
  refusingScene,
  runIn,
  setScene,
  workerContext,
} from './journal.fixture';
import { Journal } from './journal-store';
import { EnvironmentLease } from './lease';
import type { Interruption } from './options';
import { askToStop, getRun } from './service';

const OLD: Capability[] = ['workflows.draftOnly', 'workflows.publishVersion', 'workflows.history'];

const today = new ScriptedInstance();
const old = new ScriptedInstance({ without: OLD });
const kernel = openHouse({ ports: { providers: new Map([['n8n', kindOf(today, old)]]) } });
afterAll(() => closeHouse(kernel));

describe.each([
  ['of today', today],
  ['that puts every save live', old],
])('on an instance %s', (_, instance) => {
  let place: Place;
  beforeAll(async () => {
    const tenant = await newTenant(kernel);
    const environmentId = await connectEnvironment(kernel, tenant, instance);
    place = { kernel, tenantId: tenant.id, environmentId, provider: instance.provider };
  });

  it('a job that is stopped between two steps leaves on record what it did', async () => {
    const runId = await prepareRun(place, (await setScene(instance.provider, 'stopped')).workflows);
    const stopping = new AbortController();
    let recorded = 0;
    const interruption: Interruption = {
      isFrozen: () => false,
      at: async (point) => {
        if (point === 'step.recorded' && ++recorded === 3) stopping.abort();
      },
    };
    const ctx = workerContext(kernel, place.tenantId, stopping.signal);
    await expect(executeRun(ctx, runId, { ...QUICK, interruption })).rejects.toMatchObject({ name: 'AbortError' });
    const isDone = ({ status }: { status: string }) => status === 'applied' || status === 'skipped';
    expect((await readJournal(place, runId)).steps.filter(isDone)).toHaveLength(3);
    const { status } = await runIn(place, runId);
    expect(status).toBe('completed');
    expect((await readJournal(place, runId)).steps.flatMap(({ notes }) => notes)).not.toContain('It was found done.');
  });

  it.each([
    ['at once', 'run.started', 'failed', 'pending'],
    ['while the first step is written', 'step.intended', 'rolled_back', 'pending'],
    ['between two steps', 'step.recorded', 'rolled_back', 'running'],
    ['after the last step, before it is verified', 'step.recorded', 'rolled_back', 'last'],
  ] as const)('somebody who stops it %s gets everything back as it was', async (_, at, end, when) => {
    const scene = await setScene(instance.provider, `halted-${at}-${when}`);
    const runId = await prepareRun(place, scene.workflows);
    const writing = (await readJournal(place, runId)).steps.filter(({ action }) => action !== 'probe').length;
    const before = new Map([...instance.workflows].map(([id, remote]) => [id, targetOf(remote)]));
    const nth = { pending: 1, running: 2, last: writing }[when];
    let passed = 0;
    const interruption: Interruption = {
      isFrozen: () => false,
      at: async (point) => {
        if (point !== at || ++passed !== nth) return;
        const asked = await workerContext(kernel, place.tenantId).tx((db) =>
          askToStop(db, runId, { by: 'Ada', reason: 'The wrong shop' }),
        );
        expect(asked).toBe(true);
      },
    };
    const outcome = await runIn(place, runId, { interruption });
    expect(outcome).toMatchObject({ status: end, problems: [{ code: 'stopped' }] });
    expect(outcome.problems[0]!.detail).toContain('Ada');
    for (const [id, target] of before) expect(isInState(instance.workflows.get(id)!, target), id).toBe(true);
    const run = await workerContext(kernel, place.tenantId).tx((db) => getRun(db, runId));
    expect(run.steps.filter(({ status }) => status === 'intended' || status === 'applied')).toEqual([]);
  });

  it('somebody who stops it while the instance cannot be read, and nothing is written, ends it', async () => {
    const runId = await prepareRun(place, (await setScene(instance.provider, 'halted-unread')).workflows);
    instance.broken.set('getWorkflow', 'unreachable');
    try {
      await expect(runIn(place, runId)).rejects.toMatchObject({ code: 'unreachable' });
      await workerContext(kernel, place.tenantId).tx((db) => askToStop(db, runId, { by: 'Ada', reason: null }));
      expect(await runIn(place, runId)).toMatchObject({ status: 'failed', problems: [{ code: 'stopped' }] });
    } finally {
      instance.broken.clear();
    }
  });

  it('a run that was to be stopped is taken back by whoever takes it up after its worker died', async () => {
    const scene = await setScene(instance.provider, 'halted-dead');
    const runId = await prepareRun(place, scene.workflows);
    await killAt(place, runId, { point: 'step.written', nth: 2 });
    const ask = () =>
      workerContext(kernel, place.tenantId).tx((db) => askToStop(db, runId, { by: 'Ada', reason: null }));
    expect(await ask()).toBe(true);
    expect(await runIn(place, runId)).toMatchObject({ status: 'rolled_back', problems: [{ code: 'stopped' }] });
    expect(await ask()).toBe(false);
  });

  it('everything is written, read back and verified, and ids of what was made stand in what calls it', async () => {
    const scene = await setScene(instance.provider, 'whole');
    const runId = await prepareRun(place, scene.workflows);
    const outcome = await runIn(place, runId);
    expect(outcome.problems).toEqual([]);
    expect(outcome.status).toBe('completed');
    const made = outcome.workflows.find(({ key }) => key === 'made-whole')!;
    const parent = instance.workflows.get(scene.parent.id)!;
    expect(JSON.stringify(parent.published!.nodes)).toContain(made.n8nId);
    expect(JSON.stringify(parent)).not.toContain('n8nops-new');
    expect(instance.workflows.get(scene.old.id)).toMatchObject({ archived: true, published: null });
    expect(made.verified).toHaveLength(3);
    expect(await runIn(place, runId)).toEqual(outcome);
  });

  it('the steps of the plan are the writes that were made, in that order', async () => {
    const scene = await setScene(instance.provider, 'listed');
    const runId = await prepareRun(place, scene.workflows);
    instance.calls.length = 0;
    await runIn(place, runId);
    const written = instance.calls.filter((method) =>
      /^(create|update|publish|unpublish|archive|unarchive|set)/.test(method),
    );
    const run = await workerContext(kernel, place.tenantId).tx((db) => getRun(db, runId));
    const verbs: Record<string, string> = { create: 'createWorkflow', tags: 'setWorkflowTags' };
    const planned = run.steps
      .filter(({ action }) => action !== 'probe')
      .map(({ action }) => verbs[action] ?? `${action}Workflow`);
    expect(written).toEqual(planned);
    expect(new Set(run.steps.map(({ status }) => status))).toEqual(new Set(['applied']));
  });

  it('a target that is not what the plan was made for is not written to', async () => {
    const scene = await setScene(instance.provider, 'moved');
    const runId = await prepareRun(place, scene.workflows);
    instance.edit(scene.idle.id, callingDocument('moved idle', [], 'by hand'));
    const before = new Map(instance.workflows);
    const outcome = await runIn(place, runId);
    expect(outcome).toMatchObject({ status: 'failed', problems: [{ code: 'target_changed', n8nId: scene.idle.id }] });
    expect(instance.workflows).toEqual(before);
  });

  it('another layout at the target is kept, and stands in nobody’s way', async () => {
    const document = callingDocument('laid out');
    const { workflow } = await instance.provider.createWorkflow(document);
    const runId = await prepareRun(place, [changing(workflow, callingDocument('laid out', [], 'two'), false)]);
    const moved = structuredClone(document);
    moved.nodes[0]!.position = [440, 220];
    instance.edit(workflow.id, moved);
    expect(await runIn(place, runId)).toMatchObject({ status: 'completed' });
    const after = instance.workflows.get(workflow.id)!.document;
    expect(after.nodes.map(({ position }) => position)).toEqual([
      [440, 220],
      [0, 0],
    ]);
    expect(after.nodes[1]!.parameters).toEqual({ text: 'two' });
  });

  it('what was written is taken back when the instance refuses the rest', async () => {
    const scene = await refusingScene(instance.provider, 'refused');
    const before = new Map([...instance.workflows].map(([id, remote]) => [id, targetOf(remote)]));
    const outcome = await runIn(place, await prepareRun(place, scene.workflows));
    expect(outcome.status).toBe('rolled_back');
    expect(outcome.problems).toMatchObject([{ n8nId: scene.parent.id }]);
    expect(new Set(instance.workflows.keys())).toEqual(new Set(before.keys()));
    for (const [id, target] of before) expect(isInState(instance.workflows.get(id)!, target)).toBe(true);
  });

  it.each([
    ['comes back to it', QUICK.undoMs, 'rolled_back', []],
    ['gives up after an hour', 0, 'needs_attention', ['not_undone']],
  ] as const)('what an instance refuses to take back for the time being: the run %s', async (_, undoMs, end, codes) => {
    const { child, workflows } = await refusingScene(instance.provider, `passing ${undoMs}`);
    const runId = await prepareRun(place, workflows);
    const interruption: Interruption = {
      isFrozen: () => false,
      at: async (point) => {
        if (point === 'compensation.begun') instance.broken.set('updateWorkflow', 'unavailable');
      },
    };
    try {
      await expect(runIn(place, runId, { interruption })).rejects.toMatchObject({ code: 'unavailable' });
      const journal = await readJournal(place, runId);
      expect(journal).toMatchObject({ status: 'compensating', outcome: null });
      // Which waits for nobody else.
      const statuses = journal.steps.filter(({ action }) => action !== 'probe').map(({ status }) => status);
      expect(statuses).toContain('undoing');
      expect(statuses.filter((status) => status === 'undone').length).toBeGreaterThan(0);
      expect(statuses).not.toContain('applied');
      if (undoMs > 0) instance.broken.clear();
      const { status, problems } = await runIn(place, runId, { undoMs });
      expect(status).toBe(end);
      const ours = problems.filter(({ n8nId, code }) => n8nId === child.id && code === 'not_undone');
      expect(ours.map(({ code }) => code)).toEqual(codes);
    } finally {
      instance.broken.clear();
    }
    if (undoMs > 0) expect(isInState(instance.workflows.get(child.id)!, targetOf(child))).toBe(true);
  });

  it('what was taken back is told as taken back, and nothing that was is told as written', async () => {
    const { child, old, parent, workflows } = await refusingScene(instance.provider, 'told');
    const outcome = await runIn(place, await prepareRun(place, workflows));
    const told = new Map(outcome.workflows.map((one) => [one.n8nId, one]));
    expect([child, old].map(({ id }) => told.get(id)!.result)).toEqual(['undone', 'untouched']);
    for (const { id } of [child, old, parent]) {
      expect(told.get(id)).toMatchObject({ verified: ['It is as it was before.'], unverified: [] });
    }
  });

  const stepOf = async (runId: string, n8nId: string, action: string) =>
    (await readJournal(place, runId)).steps.find((step) => step.n8nId === n8nId && step.action === action)!.position;
  const textOf = (graph: WorkflowGraph) => graph.nodes.find(({ name }) => name === 'Set')!.parameters;

  it('a draft that somebody edits after it was saved does not go live, and stays', async () => {
    const { idle, workflows } = await setScene(instance.provider, 'edited');
    const runId = await prepareRun(place, workflows);
    const saved = await stepOf(runId, idle.id, 'update');
    const at: Interruption['at'] = async (point, position) => {
      if (point !== 'step.recorded' || position !== saved) return;
      instance.edit(idle.id, callingDocument('edited idle', [], 'by hand'));
    };
    const outcome = await runIn(place, runId, { interruption: { at, isFrozen: () => false } });
    expect(outcome.status).toBe('needs_attention');
    expect(outcome.problems.every(({ code, n8nId }) => code === 'changed_meanwhile' && n8nId === idle.id)).toBe(true);
    const after = instance.workflows.get(idle.id)!;
    expect([textOf(after.document), after.published]).toEqual([{ text: 'by hand' }, null]);
  });

  it('an edit that somebody makes while the worker is dead stays, whatever the worker was about to do', async () => {
    for (const point of ['step.intended', 'step.written'] as const) {
      const { child, workflows } = await setScene(instance.provider, `dead ${point}`);
      const runId = await prepareRun(place, workflows);
      const position = await stepOf(runId, child.id, 'update');
      await killAt(place, runId, { point, nth: position + 1 });
      instance.edit(child.id, callingDocument(child.document.name, [], 'by hand'));
      const outcome = await runIn(place, runId);
      expect(outcome.problems.map(({ n8nId }) => n8nId)).toContain(child.id);
      expect(outcome.status).toBe('needs_attention');
      expect(textOf(instance.workflows.get(child.id)!.document)).toEqual({ text: 'by hand' });
    }
  });

  it('a journal is not written under an older fence, whatever the writer’s clock says', async () => {
    const { workflows } = await setScene(instance.provider, 'fence');
    const runId = await prepareRun(place, workflows);
    const wanted = { environmentId: place.environmentId, runId };
    const ctx = workerContext(kernel, place.tenantId);
    const older = await EnvironmentLease.take(ctx, wanted, QUICK);
    await expireLease(place);
    const newer = await EnvironmentLease.take(ctx, wanted, QUICK);
    expect(newer.fence).toBe(older.fence + 1n);
    const [step] = (await readJournal(place, runId)).steps;
    const note = { notes: ['written'] };
    older.assertHeld();
    await expect(new Journal(ctx, older, runId).writeStep(step!, note)).rejects.toMatchObject({ code: 'lease_lost' });
    expect((await readJournal(place, runId)).steps[0]!.notes).toEqual([]);
    await new Journal(ctx, newer, runId).writeStep(step!, note);
    expect((await readJournal(place, runId)).steps[0]!.notes).toEqual(['written']);
    await newer.release();
  });

  it('two runs of one environment do not overlap', async () => {
    const scenes = [await setScene(instance.provider, 'first'), await setScene(instance.provider, 'second')];
    const runs = await Promise.all(scenes.map(({ workflows }) => prepareRun(place, workflows)));
    const [first, second] = await Promise.all(runs.map((runId) => runIn(place, runId)));
    expect([first!.status, second!.status]).toEqual(['completed', 'completed']);
  });
});
